package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Google's Compute API as far as it is about what Cloud CDN has cached, and the services that grant its access tokens: they are
 * told apart by their paths.
 *
 * <p>Follows Google's references and the gcloud help: {@code invalidateCache} with {@code path}, {@code host} and no more than
 * ten {@code cacheTags}; a star only at the end, after a slash; {@code requestId}, a UUID whose repeat is answered with the
 * operation that it began; operations that are {@code PENDING}, {@code RUNNING} and {@code DONE}, perhaps with an
 * {@code error}; 500 invalidations a minute. Verifies assertions and id tokens, and their times. Assumed where nothing is
 * published: 403 {@code rateLimitExceeded} without Retry-After.
 */
public final class GoogleCdnSimulator implements SimService {

    public static final String DEMO_PROJECT = "acme-web";

    public static final String DEMO_URL_MAP = "web-map";

    public static final String DEMO_PROVIDER =
            "projects/123456789012/locations/global/workloadIdentityPools/ci/providers/jenkins";

    public static final String DEMO_SUBJECT = "https://jenkins.example.org/job/deploy/";

    private static final String MAP = "/compute/v1/projects/{project}/global/urlMaps/{map}";
    private static final Pattern PATH = Pattern.compile("/[^*?#]*|/(?:[^*?#]*/)?\\*");
    private static final UUID ZERO = new UUID(0, 0);

    /** Demo accounts of all simulators, since a key takes long to create. */
    private static final SimGoogleServiceAccount ACCOUNT =
            new SimGoogleServiceAccount("purge@acme-web.iam.gserviceaccount.com");

    private final InstantSource clock;
    private final SimIdTokenIssuer issuer;
    private final SimGoogleTokens tokens;
    private final List<RecordedGoogleInvalidation> invalidations = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", MAP, (request, path) -> urlMap(path))
            .on("POST", MAP + "/invalidateCache", this::invalidate)
            .on("GET", "/compute/v1/projects/{project}/global/operations/{name}", (request, path) -> operation(path));
    private SimFixedWindow rate = new SimFixedWindow(500, Duration.ofMinutes(1));
    private Duration duration = Duration.ofSeconds(10);
    private String failure = "";
    private boolean mayInvalidate = true;
    private boolean mayRead = true;

    private GoogleCdnSimulator(InstantSource clock) {
        this.clock = clock;
        this.issuer = new SimIdTokenIssuer(
                "https://jenkins.example.org/oidc", "https://iam.googleapis.com/" + DEMO_PROVIDER, clock);
        this.tokens = new SimGoogleTokens(clock, ACCOUNT, issuer, DEMO_PROVIDER, DEMO_SUBJECT);
    }

    /** One URL map, a service account and a provider of workload identities. */
    public static GoogleCdnSimulator demo(InstantSource clock) {
        return new GoogleCdnSimulator(clock);
    }

    @Override
    public String name() {
        return "Google Cloud CDN";
    }

    public SimGoogleServiceAccount account() {
        return ACCOUNT;
    }

    /** The account of all of these. */
    public static SimGoogleServiceAccount demoAccount() {
        return ACCOUNT;
    }

    /** Issuer of the id tokens that are accepted. */
    public SimIdTokenIssuer issuer() {
        return issuer;
    }

    /** From now on invalidations take so long. */
    public synchronized GoogleCdnSimulator invalidationTakes(Duration time) {
        duration = time;
        return this;
    }

    /** From now on invalidations end with an error. */
    public synchronized GoogleCdnSimulator fail(String message) {
        failure = message;
        return this;
    }

    /** From now on so many invalidations are allowed in a minute. */
    public synchronized GoogleCdnSimulator limitInvalidations(int aMinute) {
        rate = new SimFixedWindow(aMinute, Duration.ofMinutes(1));
        return this;
    }

    /** From now on the service account may only read. */
    public synchronized GoogleCdnSimulator forbidInvalidations() {
        mayInvalidate = false;
        return this;
    }

    /** From now on the service account may not read operations. */
    public synchronized GoogleCdnSimulator forbidReading() {
        mayRead = false;
        return this;
    }

    /** From now on the key of the service account is refused, and its tokens are. */
    public synchronized GoogleCdnSimulator disableAccount() {
        tokens.disableAccount();
        return this;
    }

    /** From now on the tokens that were granted are refused. */
    public synchronized GoogleCdnSimulator revokeTokens() {
        tokens.revoke();
        return this;
    }

    /** From now on the identity of an id token may not act as the service account. */
    public synchronized GoogleCdnSimulator forbidImpersonation() {
        tokens.forbidImpersonation();
        return this;
    }

    /** How many tokens were granted. */
    public synchronized int granted() {
        return tokens.granted();
    }

    /** All invalidations, oldest first. */
    public synchronized List<RecordedGoogleInvalidation> invalidations() {
        return List.copyOf(invalidations);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        if (request.path().equals("/token")) {
            return request.method().equals("POST") ? tokens.forAssertion(request) : methodNotAllowed();
        }
        if (request.path().equals("/v1/token")) {
            return request.method().equals("POST") ? tokens.forIdToken(request) : methodNotAllowed();
        }
        try {
            return new Router()
                    .on("POST", "/v1/projects/-/serviceAccounts/{account}", tokens::impersonate)
                    .route(request, () -> compute(request), GoogleCdnSimulator::methodNotAllowed);
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse compute(SimRequest request) {
        if (!tokens.isAuthorized(request)) {
            return error(
                    401,
                    "UNAUTHENTICATED",
                    "Request had invalid authentication credentials. Expected OAuth 2 access token.");
        }
        return router.route(
                request,
                () -> error(404, "notFound", "The requested URL was not found."),
                GoogleCdnSimulator::methodNotAllowed);
    }

    private static SimResponse methodNotAllowed() {
        return error(405, "methodNotAllowed", "Method not allowed");
    }

    private static void checkMap(Map<String, String> path) {
        if (!path.get("project").equals(DEMO_PROJECT)
                || !path.getOrDefault("map", DEMO_URL_MAP).equals(DEMO_URL_MAP)) {
            throw new ErrorResponseException(error(
                    404,
                    "notFound",
                    "The resource 'projects/%s/global/urlMaps/%s' was not found"
                            .formatted(path.get("project"), path.get("map"))));
        }
    }

    private SimResponse urlMap(Map<String, String> path) {
        checkMap(path);
        return SimResponse.json(
                200,
                SimJson.object().put("kind", "compute#urlMap").put("id", "4711").put("name", DEMO_URL_MAP));
    }

    private SimResponse invalidate(SimRequest request, Map<String, String> path) {
        checkMap(path);
        if (!mayInvalidate) {
            throw forbidden("compute.urlMaps.invalidateCache");
        }
        String requestId = requestId(request);
        RecordedGoogleInvalidation wanted = wanted(request, requestId);
        Optional<RecordedGoogleInvalidation> known = invalidations.stream()
                .filter(each -> each.requestId().equals(requestId))
                .findFirst();
        if (known.isPresent()) {
            if (!known.get().selects().equals(wanted.selects())) {
                throw bad("requestId was used for another request");
            }
            return SimResponse.json(200, operation(known.get()));
        }
        if (!rate.take(clock.instant())) {
            return error(403, "rateLimitExceeded", "Quota exceeded for quota metric 'Invalidations'.");
        }
        invalidations.add(wanted);
        return SimResponse.json(200, operation(wanted));
    }

    private static String requestId(SimRequest request) {
        if (!Set.of("requestId").containsAll(request.query().keySet())) {
            throw bad("Invalid parameter");
        }
        String id = request.query("requestId").orElseGet(() -> UUID.randomUUID().toString());
        try {
            if (UUID.fromString(id).equals(ZERO) || id.length() != 36) {
                throw bad("Invalid value for field 'requestId'");
            }
            return id;
        } catch (IllegalArgumentException e) {
            throw bad("Invalid value for field 'requestId'");
        }
    }

    private RecordedGoogleInvalidation wanted(SimRequest request, String requestId) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> bad("Parse Error"));
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || !Set.of("path", "host", "cacheTags").containsAll(names)) {
            throw bad("Unknown name in the body");
        }
        String path = text(body, "path");
        if (!path.isEmpty() && !PATH.matcher(path).matches()) {
            throw bad("Invalid value for field 'resource.path': '%s'".formatted(path));
        }
        String host = text(body, "host");
        if (host.contains("/") || host.contains("*")) {
            throw bad("Invalid value for field 'resource.host': '%s'".formatted(host));
        }
        String operation = "operation-%d".formatted(1_700_000_000_000L + invalidations.size());
        return new RecordedGoogleInvalidation(requestId, operation, path, host, tags(body), clock.instant());
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && (!value.isTextual() || value.textValue().isEmpty())) {
            throw bad("Invalid value for field 'resource.%s'".formatted(field));
        }
        return value.asText("");
    }

    private static List<String> tags(ObjectNode body) {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : body.path("cacheTags")) {
            if (!tag.isTextual() || tag.textValue().isBlank()) {
                throw bad("Invalid value for field 'resource.cacheTags'");
            }
            tags.add(tag.textValue());
        }
        if (body.has("cacheTags") && (tags.isEmpty() || tags.size() > 10)) {
            throw bad("Invalid number of cache tags");
        }
        return tags;
    }

    private SimResponse operation(Map<String, String> path) {
        checkMap(path);
        if (!mayRead) {
            throw forbidden("compute.globalOperations.get");
        }
        return invalidations.stream()
                .filter(each -> each.operation().equals(path.get("name")))
                .findFirst()
                .map(found -> SimResponse.json(200, operation(found)))
                .orElseGet(() -> error(404, "notFound", "The operation was not found"));
    }

    private ObjectNode operation(RecordedGoogleInvalidation invalidation) {
        Instant now = clock.instant();
        Duration age = Duration.between(invalidation.at(), now);
        boolean done = age.compareTo(duration) >= 0;
        ObjectNode operation = SimJson.object()
                .put("kind", "compute#operation")
                .put("id", "900")
                .put("name", invalidation.operation())
                .put("operationType", "invalidateCache")
                .put("status", done ? "DONE" : age.isZero() ? "PENDING" : "RUNNING")
                .put("progress", done ? 100 : 0);
        if (done && !failure.isEmpty()) {
            operation
                    .putObject("error")
                    .putArray("errors")
                    .addObject()
                    .put("code", "RESOURCE_NOT_READY")
                    .put("message", failure);
            operation.put("httpErrorStatusCode", 400).put("httpErrorMessage", "BAD REQUEST");
        }
        return operation;
    }

    private static ErrorResponseException forbidden(String permission) {
        return new ErrorResponseException(error(
                403, "forbidden", "Required '%s' permission for 'projects/%s'".formatted(permission, DEMO_PROJECT)));
    }

    private static ErrorResponseException bad(String message) {
        return new ErrorResponseException(error(400, "invalid", message));
    }

    static SimResponse error(int status, String reason, String message) {
        ObjectNode body = SimJson.object();
        ObjectNode error = body.putObject("error").put("code", status).put("message", message);
        error.putArray("errors")
                .addObject()
                .put("message", message)
                .put("domain", "global")
                .put("reason", reason);
        return SimResponse.json(status, body);
    }
}
