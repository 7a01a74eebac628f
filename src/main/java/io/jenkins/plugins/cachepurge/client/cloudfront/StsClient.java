package io.jenkins.plugins.cachepurge.client.cloudfront;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiBody;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * AWS Security Token Service, which grants temporary keys of a role.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/">AWS STS API reference</a>
 */
public record StsClient(AwsEndpoints endpoints) {

    public static final String SERVICE = "AWS STS";

    private static final String VERSION = "2011-06-15";

    /** Name of the session in CloudTrail and in the ARN of the caller. */
    private static final String SESSION_NAME = "jenkins-cache-purge";

    /** Gets keys of a role with other keys. */
    public TokenExchange assumeRole(AwsKeys keys, AwsRole role) {
        return assumeRole(
                TokenKey.of(
                        endpoints.sts().toString(),
                        keys.accessKeyId(),
                        keys.secretAccessKey(),
                        keys.sessionToken().orElse(""),
                        role.arn(),
                        role.externalId().orElse("")),
                endpoints.signer(keys),
                role);
    }

    /**
     * Gets keys of a role with other keys that have to be asked for first.
     *
     * @param keys its token must sign requests to STS
     */
    public TokenExchange assumeRole(OtherPluginCredentials keys, AwsRole role) {
        TokenKey key = TokenKey.of(
                endpoints.sts().toString(),
                keys.key().digest(),
                role.arn(),
                role.externalId().orElse(""));
        return assumeRole(key, keys, role);
    }

    private TokenExchange assumeRole(TokenKey key, Authentication keys, AwsRole role) {
        Map<String, String> fields = fields("AssumeRole");
        fields.put("RoleArn", role.arn());
        fields.put("RoleSessionName", SESSION_NAME);
        role.externalId().ifPresent(id -> fields.put("ExternalId", id));
        String advice =
                "Allow sts:AssumeRole on the role in the IAM policy of the keys, and the keys' user in the role's trust policy%s."
                        .formatted(role.externalId().isPresent() ? "; check externalId" : "");
        return new TokenExchange(key, grant("AssumeRole", role, fields, new AwsErrorReader(advice)), keys);
    }

    /** Gets keys of a role with an id token instead of keys. */
    public TokenExchange assumeRole(IdToken token, String roleArn) {
        Map<String, String> fields = fields("AssumeRoleWithWebIdentity");
        fields.put("RoleArn", roleArn);
        fields.put("RoleSessionName", SESSION_NAME);
        String advice =
                "Allow sts:AssumeRoleWithWebIdentity in the role's trust policy, for the issuer, audience and subject of the id token.";
        return new TokenExchange(
                TokenKey.of(endpoints.sts().toString(), token.identity(), roleArn),
                grant(
                        "AssumeRoleWithWebIdentity",
                        new AwsRole(roleArn, Optional.empty()),
                        fields,
                        new AwsErrorReader(advice)),
                Signer.form(Map.of("WebIdentityToken", token.secret())));
    }

    /** Reads whose keys these are: the ARN of a user or a role's session. Needs no permission. */
    public ApiCall<String> callerIdentity() {
        return new ApiCall<>(
                SERVICE,
                "tell whose keys these are",
                post(fields("GetCallerIdentity")).asReadOnly(),
                ResponseReader.xml((xml, answer) -> {
                    return required(xml.path("GetCallerIdentityResponse").path("GetCallerIdentityResult"), "Arn");
                }),
                new AwsErrorReader("Allow sts:GetCallerIdentity in the IAM policy of the keys."),
                Idempotency.IDEMPOTENT);
    }

    private ApiCall<AccessToken> grant(String action, AwsRole role, Map<String, String> fields, AwsErrorReader errors) {
        return new ApiCall<>(
                SERVICE,
                "grant keys of the role " + role.arn(),
                post(fields),
                ResponseReader.xml((xml, answer) -> granted(
                        xml.path(action + "Response").path(action + "Result").path("Credentials"), answer)),
                errors,
                Idempotency.IDEMPOTENT);
    }

    private AccessToken granted(JsonNode credentials, ApiResponse answer) throws UnreadableResponseException {
        try {
            AwsKeys keys = new AwsKeys(
                    required(credentials, "AccessKeyId"),
                    required(credentials, "SecretAccessKey"),
                    Optional.of(required(credentials, "SessionToken")));
            Instant expiration = Instant.parse(required(credentials, "Expiration"));
            return new AccessToken(endpoints.signer(keys), Duration.between(answer.serverTime(), expiration));
        } catch (IllegalArgumentException | DateTimeException e) {
            // Not the reason, which may quote what was received.
            throw new UnreadableResponseException("keys that cannot be used");
        }
    }

    private static String required(JsonNode parent, String name) throws UnreadableResponseException {
        String text = parent.path(name).asText("");
        if (text.isEmpty()) {
            throw new UnreadableResponseException("no " + name);
        }
        return text;
    }

    private static Map<String, String> fields(String action) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Action", action);
        fields.put("Version", VERSION);
        return fields;
    }

    private ApiRequest post(Map<String, String> fields) {
        return ApiRequest.post(endpoints.sts().resolve(), ApiBody.form(fields))
                .withHeaders(Map.of("Accept", "application/xml"));
    }
}
