package io.jenkins.plugins.cachepurge.client.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access tokens of Microsoft Entra ID for an application: for its client secret, or for an id token that it trusts.
 *
 * @see <a href="https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft: client
 *     credentials flow</a>
 */
public final class AzureTokens {

    private static final String SERVICE = "Microsoft Entra ID";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private AzureTokens() {}

    /** @throws IllegalArgumentException if the secret is empty */
    public static Authentication ofSecret(AzureApplication application, String clientSecret) {
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return exchange(application, Map.of(), clientSecret, Signer.form(Map.of("client_secret", clientSecret)));
    }

    /** Authentication without a secret, by federated credentials of the application. */
    public static Authentication ofIdToken(AzureApplication application, IdToken idToken) {
        return exchange(
                application,
                Map.of("client_assertion_type", ASSERTION_TYPE),
                idToken.identity(),
                Signer.form(Map.of("client_assertion", idToken.secret())));
    }

    private static TokenExchange exchange(
            AzureApplication application, Map<String, String> more, String identity, Signer signer) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", application.clientId());
        form.put("scope", application.scope());
        form.put("grant_type", "client_credentials");
        form.putAll(more);
        ApiCall<AccessToken> call = new ApiCall<>(
                SERVICE,
                "grant an access token to application " + application.clientId(),
                ApiRequest.post(application.tokenUrl(), ApiBody.form(form)),
                AzureTokens::granted,
                new AzureTokenErrorReader(),
                Idempotency.IDEMPOTENT);
        TokenKey key =
                TokenKey.of(application.tokenUrl().toString(), application.clientId(), application.scope(), identity);
        return new TokenExchange(key, call, signer);
    }

    private static AccessToken granted(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        JsonNode token = json.path("access_token");
        JsonNode seconds = json.path("expires_in");
        if (!token.isTextual() || token.textValue().isBlank()) {
            throw new UnreadableResponseException("without an access token");
        }
        if (!seconds.canConvertToInt() || seconds.asInt() <= 0) {
            throw new UnreadableResponseException("a token without expires_in");
        }
        return new AccessToken(Signer.bearer(token.textValue()), Duration.ofSeconds(seconds.asInt()));
    }
}
