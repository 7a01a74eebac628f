package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Google's access tokens: who is granted which, for what, and how long. Not thread safe. */
final class SimGoogleTokens {

    static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

    private static final Set<String> SCOPES = Set.of(CLOUD_PLATFORM, "https://www.googleapis.com/auth/compute");
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration LIFETIME = Duration.ofSeconds(3599);
    private static final Set<String> FORM_OF_STS =
            Set.of("grant_type", "audience", "scope", "requested_token_type", "subject_token", "subject_token_type");

    /** @param account empty for the identity of an id token */
    private record Grant(String account, Instant end) {}

    private final InstantSource clock;
    private final SimGoogleServiceAccount account;
    private final SimIdTokenIssuer issuer;
    private final String provider;
    private final String subject;
    private final Map<String, Grant> grants = new HashMap<>();
    private boolean enabled = true;
    private boolean mayImpersonate = true;
    private int number;

    /**
     * @param provider of the workload identity pool, which trusts the issuer
     * @param subject the only one that the provider accepts
     */
    SimGoogleTokens(
            InstantSource clock,
            SimGoogleServiceAccount account,
            SimIdTokenIssuer issuer,
            String provider,
            String subject) {
        this.clock = clock;
        this.account = account;
        this.issuer = issuer;
        this.provider = provider;
        this.subject = subject;
    }

    void disableAccount() {
        enabled = false;
        grants.clear();
    }

    void revoke() {
        grants.clear();
    }

    void forbidImpersonation() {
        mayImpersonate = false;
    }

    int granted() {
        return number;
    }

    /** Whether the request carries a token that is valid now. */
    boolean isAuthorized(SimRequest request) {
        return grant(request).isPresent();
    }

    private Optional<Grant> grant(SimRequest request) {
        String header = request.header("Authorization").orElse("");
        return Optional.ofNullable(
                        header.startsWith("Bearer ") ? grants.get(header.substring("Bearer ".length())) : null)
                .filter(grant -> clock.instant().isBefore(grant.end()));
    }

    private String grant(String to, Duration lifetime) {
        String token = "ya29.demo-google-access-token-%06d".formatted(++number);
        grants.put(token, new Grant(to, clock.instant().plus(lifetime)));
        return token;
    }

    /** For the key of a service account. */
    SimResponse forAssertion(SimRequest request) {
        Map<String, String> form = SimForm.parse(request).orElse(Map.of());
        if (!"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type")) || form.size() != 2) {
            return error(400, "unsupported_grant_type", "Invalid grant_type: " + form.get("grant_type"));
        }
        Optional<JsonNode> claims = account.verify(form.getOrDefault("assertion", ""));
        if (claims.isEmpty() || !enabled) {
            return error(400, "invalid_grant", "Invalid JWT Signature.");
        }
        JsonNode said = claims.get();
        if (!said.path("iss").asText().equals(account.email())) {
            return error(400, "invalid_grant", "Invalid grant: account not found");
        }
        if (!said.path("aud").asText().equals(AUDIENCE)) {
            return error(400, "invalid_grant", "Invalid JWT: Failed audience check.");
        }
        if (!isFresh(said)) {
            return error(
                    400,
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
        }
        if (!SCOPES.contains(said.path("scope").asText())) {
            return error(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        return SimResponse.json(200, tokenResponse(grant(account.email(), LIFETIME)));
    }

    private boolean isFresh(JsonNode claims) {
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        Instant now = clock.instant();
        return Duration.between(issued, now).abs().compareTo(TOLERANCE) <= 0
                && end.isAfter(now)
                && Duration.between(issued, end).compareTo(Duration.ofHours(1)) <= 0;
    }

    /** For an id token, by workload identity federation. */
    SimResponse forIdToken(SimRequest request) {
        Map<String, String> form = SimForm.parse(request).orElse(Map.of());
        if (!form.keySet().equals(FORM_OF_STS)
                || !form.get("grant_type").equals("urn:ietf:params:oauth:grant-type:token-exchange")
                || !form.get("requested_token_type").equals("urn:ietf:params:oauth:token-type:access_token")
                || !form.get("subject_token_type").equals("urn:ietf:params:oauth:token-type:jwt")
                || !SCOPES.contains(form.get("scope"))) {
            return error(400, "invalid_request", "Invalid value for a field");
        }
        if (!form.get("audience").equals("//iam.googleapis.com/" + provider)) {
            return error(
                    400, "invalid_target", "The target service indicated by the \"audience\" parameters is invalid.");
        }
        Optional<SimIdTokenIssuer.Claims> claims = issuer.verify(form.get("subject_token"));
        if (claims.isEmpty()) {
            return error(400, "invalid_grant", "Error connecting to the given credential's issuer.");
        }
        if (!claims.get().audience().equals(issuer.audience())) {
            return error(400, "invalid_grant", "The audience in ID Token does not match the expected audience.");
        }
        if (!clock.instant().isBefore(claims.get().expiresAt())) {
            return error(400, "invalid_grant", "ID Token issued at is stale to sign-in.");
        }
        if (!claims.get().subject().equals(subject)) {
            return error(403, "unauthorized_client", "The given credential is rejected by the attribute condition.");
        }
        return SimResponse.json(
                200,
                tokenResponse(grant("", LIFETIME))
                        .put("issued_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode tokenResponse(String token) {
        return SimJson.object()
                .put("access_token", token)
                .put("expires_in", LIFETIME.toSeconds())
                .put("token_type", "Bearer");
    }

    /** For a service account, to an identity that may act as it. */
    SimResponse impersonate(SimRequest request, Map<String, String> path) {
        if (grant(request).filter(grant -> grant.account().isEmpty()).isEmpty()) {
            return GoogleCdnSimulator.error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        if (!path.get("account").equals(account.email() + ":generateAccessToken") || !mayImpersonate) {
            return GoogleCdnSimulator.error(
                    403,
                    "PERMISSION_DENIED",
                    "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).");
        }
        boolean valid = SimJson.parseObject(request.body())
                .filter(json -> json.size() == 2)
                .filter(json -> json.path("scope").isArray())
                .filter(json -> SCOPES.contains(json.path("scope").path(0).asText()))
                .filter(json -> json.path("lifetime").asText().matches("[1-9]\\d*s"))
                .isPresent();
        if (!valid) {
            return GoogleCdnSimulator.error(400, "INVALID_ARGUMENT", "Request contains an invalid argument.");
        }
        Instant end = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        return SimResponse.json(
                200,
                SimJson.object()
                        .put("accessToken", grant(account.email(), Duration.between(clock.instant(), end)))
                        .put("expireTime", end.toString()));
    }

    private static SimResponse error(int status, String code, String description) {
        return SimResponse.json(status, SimJson.object().put("error", code).put("error_description", description));
    }
}
