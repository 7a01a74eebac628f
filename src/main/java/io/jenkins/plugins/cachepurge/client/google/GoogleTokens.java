package io.jenkins.plugins.cachepurge.client.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Access tokens of Google: for the key of a service account, or for an id token by workload identity federation.
 *
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">Google: OAuth 2.0 for
 *     service accounts</a>
 * @see <a href="https://docs.cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token">Google: STS, token</a>
 */
public final class GoogleTokens {

    /** Google's own address for the tokens of service accounts. */
    public static final ApiUrl OAUTH_URL = ApiUrl.of("https://oauth2.googleapis.com");

    /** Google's own address for the tokens of others' identities. */
    public static final ApiUrl STS_URL = ApiUrl.of("https://sts.googleapis.com");

    /** Google's own address for acting as a service account. */
    public static final ApiUrl IAM_URL = ApiUrl.of("https://iamcredentials.googleapis.com");

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String SERVICE = "Google";
    private static final String JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String TOKEN_EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";
    private static final String JWT_TYPE = "urn:ietf:params:oauth:token-type:jwt";
    private static final String LIFETIME = "3600s";

    private GoogleTokens() {}

    private record GenerateAccessToken(List<String> scope, String lifetime) {}

    /** Authentication by the key of a service account. */
    public static Authentication of(ServiceAccountKey key) {
        Signer assertion =
                Signer.form(time -> Map.of("assertion", new SignedJwt(key, SCOPE, time).text()), List.of(key.secret()));
        return new TokenExchange(
                TokenKey.of(key.tokenUrl(), key.email(), key.secret(), SCOPE),
                tokenCall(
                        "grant an access token to " + key.email(),
                        HttpUrl.get(key.tokenUrl()),
                        Map.of("grant_type", JWT_GRANT),
                        GoogleTokenErrorReader.Kind.KEY),
                assertion);
    }

    /** Authentication by an id token. */
    public static Authentication of(IdToken idToken, WorkloadIdentity identity) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", TOKEN_EXCHANGE_GRANT);
        form.put("audience", identity.audience());
        form.put("scope", SCOPE);
        form.put("requested_token_type", ACCESS_TOKEN_TYPE);
        form.put("subject_token_type", JWT_TYPE);
        HttpUrl url = identity.stsUrl().resolve("v1", "token");
        TokenExchange federated = new TokenExchange(
                TokenKey.of(url.toString(), idToken.identity(), identity.audience(), SCOPE),
                tokenCall("grant an access token for the id token", url, form, GoogleTokenErrorReader.Kind.FEDERATION),
                Signer.form(Map.of("subject_token", idToken.secret())));
        return identity.serviceAccount()
                .<Authentication>map(account -> impersonation(account, identity, federated))
                .orElse(federated);
    }

    private static TokenExchange impersonation(String account, WorkloadIdentity identity, TokenExchange federated) {
        HttpUrl url =
                identity.iamUrl().resolve("v1", "projects", "-", "serviceAccounts", account + ":generateAccessToken");
        ApiCall<AccessToken> call = new ApiCall<>(
                SERVICE,
                "grant an access token of " + account,
                ApiRequest.post(url, new GenerateAccessToken(List.of(SCOPE), LIFETIME)),
                GoogleTokens::impersonated,
                new GoogleErrorReader("iam.serviceAccounts.getAccessToken (role Workload Identity User)"),
                Idempotency.IDEMPOTENT);
        return new TokenExchange(TokenKey.of(federated.key().digest(), url.toString(), SCOPE), call, federated);
    }

    private static ApiCall<AccessToken> tokenCall(
            String purpose, HttpUrl url, Map<String, String> form, GoogleTokenErrorReader.Kind kind) {
        return new ApiCall<>(
                SERVICE,
                purpose,
                ApiRequest.post(url, ApiBody.form(form)),
                GoogleTokens::granted,
                new GoogleTokenErrorReader(kind),
                Idempotency.IDEMPOTENT);
    }

    private static AccessToken granted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode seconds = json.path("expires_in");
        if (!seconds.canConvertToInt() || seconds.asInt() <= 0) {
            throw new UnreadableResponseException("a token without expires_in");
        }
        return token(json.path("access_token"), Duration.ofSeconds(seconds.asInt()));
    }

    private static AccessToken impersonated(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        try {
            Instant end = Instant.parse(json.path("expireTime").asText());
            return token(json.path("accessToken"), Duration.between(answer.serverTime(), end));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnreadableResponseException("a token without expireTime");
        }
    }

    private static AccessToken token(JsonNode token, Duration lifetime) throws UnreadableResponseException {
        if (!token.isTextual() || token.textValue().isBlank()) {
            throw new UnreadableResponseException("without an access token");
        }
        return new AccessToken(Signer.bearer(token.textValue()), lifetime);
    }
}
