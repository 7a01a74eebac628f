package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gotipath's CDN API, as far as purging a distribution goes.
 *
 * <p>Follows the API's page: three {@code X-Auth-…} headers; {@code type} and {@code paths}; 200 with an empty object,
 * 400, 401, 422. Assumed where nothing is published: {@code all} goes with an empty list and any other type with 1 to
 * 100 paths, 422 if not; 400 for what is not a JSON object; bodies of errors ({@code message}, and {@code errors} by
 * field with 422); 404 for unknown distributions; 429 with Retry-After once a rate is set.
 */
public final class GotipathSimulator implements SimService {

    private static final String DISTRIBUTION = "/v1/distributions/{distribution}";
    private static final int MOST_PATHS = 100;

    private final InstantSource clock;
    private final Map<String, String> requiredHeaders;
    private final Router router = new Router()
            .on("GET", DISTRIBUTION, (request, path) -> get(path))
            .on("POST", DISTRIBUTION + "/purges", this::purge);
    private final Set<String> distributions = new HashSet<>();
    private final List<RecordedGotipathPurge> purges = new ArrayList<>();
    private final Map<String, SimFixedWindow> rates = new HashMap<>();
    private Optional<Duration> purgeInterval = Optional.empty();

    /** A service without distributions, and the three credentials it accepts. */
    public GotipathSimulator(InstantSource clock, String clientId, String libraryId, String apiKey) {
        this.clock = clock;
        this.requiredHeaders = new HashMap<>(
                Map.of("X-Auth-ClientId", clientId, "X-Auth-LibraryId", libraryId, "X-Auth-ApiKey", apiKey));
    }

    @Override
    public String name() {
        return "Gotipath";
    }

    /** Adds a distribution; its id is a UUID. */
    public synchronized GotipathSimulator addDistribution(String id) {
        distributions.add(id);
        return this;
    }

    /** From now on a bearer token is needed, too; until then an Authorization header is ignored. */
    public synchronized GotipathSimulator requireBearer(String token) {
        requiredHeaders.put("Authorization", "Bearer " + token);
        return this;
    }

    /** From now on one purge a minute is allowed for each distribution. */
    public GotipathSimulator limitPurges() {
        return limitPurges(Duration.ofMinutes(1));
    }

    /** From now on one purge in an interval is allowed for each distribution. */
    public synchronized GotipathSimulator limitPurges(Duration interval) {
        purgeInterval = Optional.of(interval);
        rates.clear();
        return this;
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedGotipathPurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        boolean authenticated = requiredHeaders.entrySet().stream()
                .allMatch(header -> request.header(header.getKey())
                        .filter(header.getValue()::equals)
                        .isPresent());
        if (!authenticated) {
            return error(401, "Unauthorized");
        }
        try {
            return router.route(request, () -> error(404, "Not found"), () -> error(405, "Method not allowed"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse get(Map<String, String> path) {
        return SimResponse.json(
                200, SimJson.object().put("id", distribution(path)).put("status", "active"));
    }

    private SimResponse purge(SimRequest request, Map<String, String> path) {
        String distribution = distribution(path);
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> new ErrorResponseException(
                        error(400, "The body must be a JSON object, with its content type")));
        RecordedGotipathPurge purge = read(body, distribution, clock.instant());
        limit(distribution);
        purges.add(purge);
        return SimResponse.json(200, SimJson.object());
    }

    private static RecordedGotipathPurge read(ObjectNode body, String distribution, Instant now) {
        body.fieldNames().forEachRemaining(field -> {
            if (!Set.of("type", "paths").contains(field)) {
                throw unprocessable(field, "is not known");
            }
        });
        JsonNode type = body.path("type");
        if (!type.isTextual() || type.textValue().isBlank()) {
            throw unprocessable("type", "must be a word");
        }
        return new RecordedGotipathPurge(
                distribution, type.textValue(), paths(type.textValue(), body.path("paths")), now);
    }

    private static List<String> paths(String type, JsonNode list) {
        if (!list.isArray()) {
            throw unprocessable("paths", "must be a list");
        }
        if (type.equals("all") && !list.isEmpty()) {
            throw unprocessable("paths", "must be empty if the type is all");
        }
        if (!type.equals("all") && (list.isEmpty() || list.size() > MOST_PATHS)) {
            throw unprocessable("paths", "must have 1 to " + MOST_PATHS + " elements unless the type is all");
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode path : list) {
            if (!path.isTextual() || !path.textValue().startsWith("/")) {
                throw unprocessable("paths", "must start with a slash");
            }
            paths.add(path.textValue());
        }
        return paths;
    }

    private String distribution(Map<String, String> path) {
        String id = path.get("distribution");
        if (!UuidFormat.isUuid(id)) {
            throw unprocessable("distribution", "must be a UUID");
        }
        if (!distributions.contains(id)) {
            throw new ErrorResponseException(error(404, "Distribution not found"));
        }
        return id;
    }

    private void limit(String distribution) {
        Instant now = clock.instant();
        purgeInterval
                .map(interval -> rates.computeIfAbsent(distribution, id -> new SimFixedWindow(1, interval)))
                .filter(window -> !window.take(now))
                .ifPresent(window -> {
                    throw new ErrorResponseException(error(429, "Too many purges of this distribution")
                            .withHeader("Retry-After", Long.toString(window.secondsLeft(now))));
                });
    }

    private static SimResponse error(int status, String message) {
        return SimResponse.json(status, SimJson.object().put("message", message));
    }

    private static ErrorResponseException unprocessable(String field, String problem) {
        ObjectNode body = SimJson.object().put("message", "The given data was invalid.");
        body.putObject("errors").putArray(field).add("The " + field + " " + problem + ".");
        return new ErrorResponseException(SimResponse.json(422, body));
    }
}
