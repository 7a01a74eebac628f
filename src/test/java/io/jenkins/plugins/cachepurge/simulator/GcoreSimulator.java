package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gcore's CDN API, as far as purging goes.
 *
 * <p>Follows its reference and its Go client: {@code Authorization: APIKey …}; a purge by URL names 1 to 100 paths, one by
 * pattern up to 10, none of them means everything; for each resource two of the first, one of the second and one of
 * everything a minute, else 429; 201 with a list of what is purged; a history with {@code In progress}, {@code Successful}
 * and {@code Failed}, filtered and in parts of 100 at the most.
 *
 * <p>Assumed where nothing is published: the history is newest first, and holds a purge from the moment it was taken;
 * {@code {"errors":{field:[…]}}} with 400, {@code detail} with 401, 404 and 429; no {@code Retry-After}.
 */
public final class GcoreSimulator implements SimService {

    /** The API token that the simulator accepts when it runs by itself. */
    public static final String DEMO_TOKEN = "1234$demo-gcore-token";

    /** The CDN resource that it then has. */
    public static final long DEMO_RESOURCE = 1001;

    private static final String RESOURCE = "/cdn/resources/{resource}";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final String token;
    private final Router router = new Router()
            .on("GET", RESOURCE, (request, path) -> show(path))
            .on("POST", RESOURCE + "/purge", this::purge)
            .on("GET", "/cdn/purge_statuses", (request, path) -> list(request));
    private final Map<Long, List<String>> resources = new LinkedHashMap<>();
    private final List<RecordedGcorePurge> purges = new ArrayList<>();
    private final Map<String, SimFixedWindow> rates = new HashMap<>();
    private final Deque<String> nextFinalStatuses = new ArrayDeque<>();
    private Duration purgeTime = Duration.ZERO;
    private String finalStatus = "Successful";
    private boolean oldestFirst;
    private boolean inPages;
    private boolean limited = true;
    private String host = "";

    /** A service without resources, whose purges are successful at once. */
    public GcoreSimulator(InstantSource clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    /** What runs by itself: one resource with two names; a purge takes five seconds. */
    public static GcoreSimulator demo(InstantSource clock) {
        return new GcoreSimulator(clock, DEMO_TOKEN)
                .purgeTakes(Duration.ofSeconds(5), "Successful")
                .addResource(DEMO_RESOURCE, "cdn.acme.example", "static.acme.example");
    }

    @Override
    public String name() {
        return "Gcore";
    }

    /** Adds a resource; the first name is its main one. */
    public synchronized GcoreSimulator addResource(long id, String... names) {
        resources.put(id, List.of(names));
        return this;
    }

    /** How long purges taken from now on are in progress, and what they are afterwards. */
    public synchronized GcoreSimulator purgeTakes(Duration time, String status) {
        purgeTime = time;
        finalStatus = status;
        return this;
    }

    /** How the next purges end, one word each; then as said in {@link #purgeTakes}. */
    public synchronized GcoreSimulator nextFinalStatuses(String... statuses) {
        nextFinalStatuses.addAll(List.of(statuses));
        return this;
    }

    /** From now on the history begins with its oldest purge. */
    public synchronized GcoreSimulator oldestFirst() {
        oldestFirst = true;
        return this;
    }

    /** From now on the history is an object with {@code results}, the other form that the Go client knows. */
    public synchronized GcoreSimulator inPages() {
        inPages = true;
        return this;
    }

    /** From now on the history has whole URLs for paths, as in one of the examples in Gcore's reference. */
    public synchronized GcoreSimulator withHosts() {
        host = "http://cdn.acme.example";
        return this;
    }

    /** From now on there is no limit to the rate. */
    public synchronized GcoreSimulator unlimited() {
        limited = false;
        return this;
    }

    /** Adds a purge that somebody else made. */
    public synchronized GcoreSimulator addPurge(
            long resourceId, String type, List<String> values, Instant created, String status) {
        purges.add(new RecordedGcorePurge(purges.size() + 1L, resourceId, type, values, created, created, status));
        return this;
    }

    /** All purges, in the order they were taken. */
    public synchronized List<RecordedGcorePurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        if (!request.header("Authorization").filter(("APIKey " + token)::equals).isPresent()) {
            return detail(401, "Authentication credentials were not provided.");
        }
        try {
            return router.route(request, () -> detail(404, "Not found."), () -> detail(405, "Method not allowed."));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse show(Map<String, String> path) {
        long id = resource(path);
        List<String> names = resources.get(id);
        ObjectNode body =
                SimJson.object().put("id", id).put("cname", names.get(0)).put("active", true);
        ArrayNode others = body.putArray("secondaryHostnames");
        names.stream().skip(1).forEach(others::add);
        return SimResponse.json(200, body);
    }

    private SimResponse purge(SimRequest request, Map<String, String> path) {
        long id = resource(path);
        GcoreArguments.Purge wanted = GcoreArguments.purge(request);
        limit(id, wanted.type());
        Instant now = clock.instant();
        String status = Optional.ofNullable(nextFinalStatuses.poll()).orElse(finalStatus);
        purges.add(new RecordedGcorePurge(
                purges.size() + 1L, id, wanted.type(), wanted.values(), now, now.plus(purgeTime), status));
        return SimResponse.json(201, wanted.values());
    }

    private void limit(long resource, String type) {
        int quota = type.equals(RecordedGcorePurge.BY_URL) ? 2 : 1;
        SimFixedWindow window = rates.computeIfAbsent(resource + type, key -> new SimFixedWindow(quota, MINUTE));
        if (limited && !window.take(clock.instant())) {
            throw new ErrorResponseException(detail(429, "Request was throttled."));
        }
    }

    private SimResponse list(SimRequest request) {
        GcoreArguments.Listing wanted = GcoreArguments.listing(request);
        List<RecordedGcorePurge> found = new ArrayList<>(
                purges.stream().filter(purge -> isWanted(purge, wanted)).toList());
        if (!oldestFirst) {
            Collections.reverse(found);
        }
        List<ObjectNode> part = found.stream()
                .skip(wanted.offset())
                .limit(wanted.limit())
                .map(purge -> purge.toJson(clock.instant(), cname(purge), host))
                .toList();
        if (!inPages) {
            return SimResponse.json(200, part);
        }
        ObjectNode page = SimJson.object().put("count", found.size());
        boolean more = wanted.offset() + part.size() < found.size();
        page.put("next", more ? "https://api.gcore.com/cdn/purge_statuses" : null);
        page.putNull("previous");
        page.putArray("results").addAll(part);
        return SimResponse.json(200, page);
    }

    private boolean isWanted(RecordedGcorePurge purge, GcoreArguments.Listing wanted) {
        return wanted.cname().filter(name -> !name.equals(cname(purge))).isEmpty()
                && wanted.status()
                        .filter(word -> !word.equals(purge.status(clock.instant())))
                        .isEmpty()
                && wanted.type().filter(word -> !word.equals(purge.type())).isEmpty()
                && wanted.from().filter(purge.created()::isBefore).isEmpty()
                && wanted.to().filter(purge.created()::isAfter).isEmpty();
    }

    private String cname(RecordedGcorePurge purge) {
        return resources.getOrDefault(purge.resourceId(), List.of("")).get(0);
    }

    private long resource(Map<String, String> path) {
        try {
            long id = Long.parseLong(path.get("resource"));
            if (resources.containsKey(id)) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that nobody has.
        }
        throw new ErrorResponseException(detail(404, "Not found."));
    }

    private static SimResponse detail(int status, String text) {
        return SimResponse.json(status, SimJson.object().put("detail", text));
    }
}
