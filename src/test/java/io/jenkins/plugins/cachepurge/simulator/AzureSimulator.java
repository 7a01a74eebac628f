package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Azure Resource Manager with an endpoint of Azure Front Door, and Microsoft Entra ID, which grants the access tokens.
 *
 * <p>Follows Microsoft's OpenAPI and its pages on asynchronous operations: a purge is answered with 202 without a body, with
 * {@code Azure-AsyncOperation}, {@code Location} and {@code Retry-After}; what the former names answers 200 with a
 * {@code status}, what the latter names answers 202 until it is done. Names in paths have no case. A token is for the scope that
 * it was granted for, and ends. A role may allow to purge, and not to read operations. Assumed where nothing is published: that
 * no more than 100 paths are taken.
 */
public final class AzureSimulator implements SimService {

    public static final String DEMO_TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    public static final String DEMO_CLIENT = "11112222-bbbb-3333-cccc-4444dddd5555";

    /** Worth nothing elsewhere, as the other demo data. */
    public static final String DEMO_SECRET = "qWgdYAmab0YSkuL1qKv5bPX~demo-azure-secret";

    public static final String DEMO_SUBSCRIPTION = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e";

    public static final String DEMO_GROUP = "web-rg";

    public static final String DEMO_PROFILE = "web-profile";

    public static final String DEMO_ENDPOINT = "web";

    public static final String DEMO_SUBJECT = "https://jenkins.example.org/job/deploy/";

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String ENDPOINT =
            "/subscriptions/{sub}/resourceGroups/{rg}/providers/Microsoft.Cdn/profiles/{profile}/afdEndpoints/{endpoint}";
    private static final String OPERATIONS =
            "/subscriptions/{sub}/resourcegroups/{rg}/providers/Microsoft.Cdn/operationresults/{id}";
    private static final Pattern PATH = Pattern.compile("/[^*?#]*\\*?");
    private static final Pattern VERSION = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d");
    private static final int MOST_PATHS = 100;

    private final InstantSource clock;
    private final SimIdTokenIssuer issuer;
    private final Map<String, Instant> tokens = new HashMap<>();
    private final List<RecordedAzurePurge> purges = new ArrayList<>();
    private final Router router = new Router()
            .on("GET", ENDPOINT, this::show)
            .on("POST", ENDPOINT + "/purge", this::purge)
            .on("GET", OPERATIONS, this::operation);
    private Duration duration = Duration.ofSeconds(30);
    private String end = "Succeeded";
    private OptionalInt retryAfter = OptionalInt.of(10);
    private Set<String> headers = Set.of("Azure-AsyncOperation", "Location");
    private String operationHost = "";
    private boolean mayPurge = true;
    private boolean mayRead = true;
    private boolean secretExpired;
    private int conflicts;

    private AzureSimulator(InstantSource clock) {
        this.clock = clock;
        this.issuer = new SimIdTokenIssuer("https://jenkins.example.org/oidc", "api://AzureADTokenExchange", clock);
    }

    /** One endpoint, and an application with a secret and federated credentials. */
    public static AzureSimulator demo(InstantSource clock) {
        return new AzureSimulator(clock);
    }

    @Override
    public String name() {
        return "Azure Front Door";
    }

    /** Issuer of the id tokens that the application trusts. */
    public SimIdTokenIssuer issuer() {
        return issuer;
    }

    /** From now on purges take so long. */
    public synchronized AzureSimulator purgeTakes(Duration time) {
        duration = time;
        return this;
    }

    /** From now on purges end with this status. */
    public synchronized AzureSimulator endAs(String status) {
        end = status;
        return this;
    }

    /** From now on responses ask for a poll after so many seconds; empty for none. */
    public synchronized AzureSimulator askToPollAfter(OptionalInt seconds) {
        retryAfter = seconds;
        return this;
    }

    /** From now on responses name the operation in these headers; in none if it is done at once. */
    public synchronized AzureSimulator nameOperationBy(String... names) {
        headers = Set.of(names);
        return this;
    }

    /** From now on operations are named at another server. */
    public synchronized AzureSimulator nameOperationsAt(String url) {
        operationHost = url;
        return this;
    }

    /** From now on the application may not purge. */
    public synchronized AzureSimulator forbidPurges() {
        mayPurge = false;
        return this;
    }

    /** From now on the application's role is on the endpoint alone, so that it may not read operations. */
    public synchronized AzureSimulator forbidReading() {
        mayRead = false;
        return this;
    }

    /** From now on the secret has expired, and the tokens have ended. */
    public synchronized AzureSimulator expireSecret() {
        secretExpired = true;
        tokens.clear();
        return this;
    }

    /** From now on the tokens that were granted are refused. */
    public synchronized AzureSimulator revokeTokens() {
        tokens.clear();
        return this;
    }

    /** The next purges are refused, since another operation is under way. */
    public synchronized AzureSimulator conflicts(int times) {
        conflicts = times;
        return this;
    }

    /** How many tokens are valid or were. */
    public synchronized int granted() {
        return tokens.size();
    }

    /** All purges, oldest first. */
    public synchronized List<RecordedAzurePurge> purges() {
        return List.copyOf(purges);
    }

    @Override
    public synchronized SimResponse handle(SimRequest request) {
        try {
            return new Router()
                    .on("POST", "/{tenant}/oauth2/v2.0/token", this::token)
                    .route(request, () -> resourceManager(request), () -> error(405, "MethodNotAllowed", "use POST"));
        } catch (ErrorResponseException refusal) {
            return refusal.answer();
        }
    }

    private SimResponse token(SimRequest request, Map<String, String> path) {
        if (!path.get("tenant").equals(DEMO_TENANT)) {
            return refuse(400, "invalid_request", 90002, "Tenant '%s' not found.".formatted(path.get("tenant")));
        }
        Map<String, String> form = SimForm.parse(request).orElse(Map.of());
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refuse(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!DEMO_CLIENT.equals(form.get("client_id"))) {
            return refuse(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        }
        String scope = form.getOrDefault("scope", "");
        if (!scope.endsWith("/.default") || !scope.startsWith("http")) {
            return refuse(
                    400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }
        Optional<SimResponse> refusal = form.containsKey("client_assertion") ? checkAssertion(form) : checkSecret(form);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String token = "eyJ0eXAi.demo-azure-access-token-%06d".formatted(tokens.size() + 1);
        tokens.put(token, clock.instant().plusSeconds(3599));
        return SimResponse.json(
                200,
                SimJson.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", 3599)
                        .put("ext_expires_in", 3599)
                        .put("access_token", token));
    }

    private Optional<SimResponse> checkSecret(Map<String, String> form) {
        if (!DEMO_SECRET.equals(form.get("client_secret"))) {
            return Optional.of(refuse(401, "invalid_client", 7000215, "Invalid client secret provided."));
        }
        return secretExpired
                ? Optional.of(refuse(401, "invalid_client", 7000222, "The provided client secret keys are expired."))
                : Optional.empty();
    }

    private Optional<SimResponse> checkAssertion(Map<String, String> form) {
        Optional<SimIdTokenIssuer.Claims> claims = issuer.verify(form.get("client_assertion"));
        if (!ASSERTION_TYPE.equals(form.get("client_assertion_type")) || form.containsKey("client_secret")) {
            return Optional.of(refuse(400, "invalid_request", 900144, "The request body is wrong."));
        }
        if (claims.isEmpty()) {
            return Optional.of(refuse(401, "invalid_client", 700211, "No matching federated identity record found."));
        }
        if (!claims.get().subject().equals(DEMO_SUBJECT)) {
            return Optional.of(refuse(401, "invalid_client", 700213, "No matching federated identity record found."));
        }
        return clock.instant().isBefore(claims.get().expiresAt())
                ? Optional.empty()
                : Optional.of(
                        refuse(401, "invalid_client", 700024, "Client assertion is not within its valid time range."));
    }

    private SimResponse refuse(int status, String error, int code, String text) {
        ObjectNode body = SimJson.object()
                .put("error", error)
                .put("error_description", "AADSTS%s: %s Trace ID: 0 Correlation ID: 0".formatted(code, text));
        body.putArray("error_codes").add(code);
        return SimResponse.json(status, body);
    }

    private SimResponse resourceManager(SimRequest request) {
        String header = request.header("Authorization").orElse("");
        Instant ends = tokens.get(header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "");
        if (ends == null || !clock.instant().isBefore(ends)) {
            return error(401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
        if (!VERSION.matcher(request.query("api-version").orElse("")).matches()) {
            return error(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        }
        return router.route(
                request,
                () -> error(404, "InvalidResourceType", "The resource type could not be found."),
                () -> error(405, "MethodNotAllowed", "The method is not allowed."));
    }

    private static void checkEndpoint(Map<String, String> path) {
        if (!path.get("sub").equalsIgnoreCase(DEMO_SUBSCRIPTION)) {
            throw new ErrorResponseException(
                    error(404, "SubscriptionNotFound", "The subscription could not be found."));
        }
        if (!path.get("rg").equalsIgnoreCase(DEMO_GROUP)) {
            throw new ErrorResponseException(error(
                    404, "ResourceGroupNotFound", "Resource group '%s' could not be found.".formatted(path.get("rg"))));
        }
        if (!path.getOrDefault("profile", DEMO_PROFILE).equalsIgnoreCase(DEMO_PROFILE)
                || !path.getOrDefault("endpoint", DEMO_ENDPOINT).equalsIgnoreCase(DEMO_ENDPOINT)) {
            throw new ErrorResponseException(error(404, "ResourceNotFound", "The Resource was not found."));
        }
    }

    private SimResponse show(SimRequest request, Map<String, String> path) {
        checkEndpoint(path);
        ObjectNode body = SimJson.object().put("name", DEMO_ENDPOINT);
        body.putObject("properties").put("hostName", "web-a1b2c3.z01.azurefd.net");
        return SimResponse.json(200, body);
    }

    private SimResponse purge(SimRequest request, Map<String, String> path) {
        checkEndpoint(path);
        if (!mayPurge) {
            return forbidden("Microsoft.Cdn/profiles/afdendpoints/purge/action");
        }
        if (conflicts > 0) {
            conflicts--;
            return error(409, "Conflict", "That action isn't allowed in this profile: another operation is under way.");
        }
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> new ErrorResponseException(error(400, "BadRequest", "The body is not JSON.")));
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        List<String> paths = texts(body, "contentPaths");
        List<String> domains = texts(body, "domains");
        if (!Set.of("contentPaths", "domains").containsAll(names)
                || paths.isEmpty()
                || paths.size() > MOST_PATHS
                || !paths.stream().allMatch(each -> PATH.matcher(each).matches())
                || domains.stream().anyMatch(domain -> domain.contains("*") || domain.contains("/"))) {
            return error(400, "BadRequest", "Content paths or domains are invalid.");
        }
        String id = "0a1b2c3d-0000-4000-8000-%012d".formatted(purges.size() + 1);
        purges.add(new RecordedAzurePurge(id, paths, domains, clock.instant()));
        if (headers.isEmpty()) {
            return SimResponse.empty(200);
        }
        String base = operationHost.isEmpty() ? base(request) : operationHost;
        String url =
                "%s/subscriptions/%s/resourcegroups/%s/providers/Microsoft.Cdn/operationresults/%s?api-version=2024-09-01"
                        .formatted(base, DEMO_SUBSCRIPTION, DEMO_GROUP, id);
        SimResponse response = withRetryAfter(SimResponse.empty(202));
        for (String header : headers) {
            response = response.withHeader(header, header.equals("Location") ? url + "&location=1" : url);
        }
        return response;
    }

    /** A server behind a proxy does not see its scheme; loopback has none. */
    private static String base(SimRequest request) {
        String host = request.header("Host").orElse("");
        return (host.startsWith("127.0.0.1") ? "http://" : "https://") + host;
    }

    private static List<String> texts(ObjectNode body, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : body.path(field)) {
            texts.add(text.isTextual() ? text.textValue() : "*");
        }
        return texts;
    }

    private SimResponse operation(SimRequest request, Map<String, String> path) {
        checkEndpoint(path);
        if (!mayRead) {
            return forbidden("Microsoft.Cdn/operationresults/read");
        }
        Optional<RecordedAzurePurge> purge = purges.stream()
                .filter(each -> each.operation().equals(path.get("id")))
                .findFirst();
        if (purge.isEmpty()) {
            return error(404, "NotFound", "The operation was not found.");
        }
        boolean done = !clock.instant().isBefore(purge.get().at().plus(duration));
        if (request.query("location").isPresent()) {
            return done ? SimResponse.empty(200) : withRetryAfter(SimResponse.empty(202));
        }
        ObjectNode body = SimJson.object().put("name", path.get("id")).put("status", done ? end : "InProgress");
        if (done && end.equals("Failed")) {
            body.putObject("error").put("code", "InternalServerError").put("message", "The purge failed.");
        }
        SimResponse response = SimResponse.json(200, body);
        return done ? response : withRetryAfter(response);
    }

    private SimResponse withRetryAfter(SimResponse response) {
        return retryAfter.isPresent()
                ? response.withHeader("Retry-After", Integer.toString(retryAfter.getAsInt()))
                : response;
    }

    private static SimResponse forbidden(String action) {
        return error(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform action '%s' over scope.".formatted(action));
    }

    private static SimResponse error(int status, String code, String message) {
        ObjectNode body = SimJson.object();
        body.putObject("error").put("code", code).put("message", message);
        return SimResponse.json(status, body);
    }
}
