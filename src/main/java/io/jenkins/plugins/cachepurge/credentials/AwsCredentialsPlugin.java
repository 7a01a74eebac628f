package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import hudson.Extension;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.client.http.TokenKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Credentials of the plugin <em>aws-credentials</em>, which may ask AWS STS or the machine for their keys. The only class
 * that knows this plugin; it is not loaded where the plugin is missing.
 */
@Extension(optional = true)
public final class AwsCredentialsPlugin implements AwsKeyCredentialsType<AmazonWebServicesCredentials> {

    private static final String SERVICE = "The plugin aws-credentials";

    /** Without the id, which a job does not know if the keys are those of a site. */
    private static final String PURPOSE = "give AWS keys";

    /** Keys that do not tell when they end are asked for anew after the half of this time. Those of STS last longer. */
    private static final Duration LIFETIME_IF_UNKNOWN = Duration.ofMinutes(10);

    private static final InstantSource CLOCK = InstantSource.system();

    /** By identity, since credentials with the same id are equal, also those of another folder or before a change. */
    private final LoadingCache<AmazonWebServicesCredentials, UUID> identities =
            CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(UUID::randomUUID));

    @Override
    public Class<AmazonWebServicesCredentials> type() {
        return AmazonWebServicesCredentials.class;
    }

    @Override
    public String displayName() {
        return "AWS Credentials";
    }

    @Override
    public OtherPluginCredentials pluginCredentials(AmazonWebServicesCredentials credentials, AwsEndpoints endpoints) {
        Request request = new Request(credentials, endpoints);
        TokenKey key = TokenKey.of(
                identities.getUnchecked(credentials).toString(),
                endpoints.cloudFront().toString(),
                endpoints.sts().toString());
        return new OtherPluginCredentials(key, SERVICE, PURPOSE, request::resolve);
    }

    /** What the credentials are asked for. */
    private record Request(AmazonWebServicesCredentials credentials, AwsEndpoints endpoints) {

        AccessToken resolve() throws ApiException {
            AwsCredentials found = ask();
            if (found == null) {
                throw failed(
                        "gave none",
                        "Enter an access key or a role in these credentials: they do not use the keys of the machine.");
            }
            Duration lifetime = found.expirationTime()
                    .map(end -> Duration.between(CLOCK.instant(), end))
                    .orElse(LIFETIME_IF_UNKNOWN);
            try {
                return new AccessToken(endpoints.signer(keys(found)), lifetime);
            } catch (IllegalArgumentException e) {
                throw failed("gave keys that cannot be used", "They have expired already, or are not those of AWS.");
            }
        }

        private AwsCredentials ask() throws ApiException {
            if (credentials instanceof AWSCredentialsImpl own && own.requiresToken()) {
                throw failed(
                        "cannot: their role requires the token of an MFA device",
                        "Nobody can enter it in a build. Use credentials without such a device.");
            }
            try {
                return credentials.resolveCredentials();
            } catch (SdkException e) {
                String state = "failed (%s)".formatted(reason(e));
                String advice = "Check the access key and the role in these credentials.";
                throw e.retryable() ? ApiException.unavailable(SERVICE, PURPOSE, state, advice) : failed(state, advice);
            }
        }

        private ApiException failed(String state, String advice) {
            return ApiException.failed(SERVICE, PURPOSE, state, advice);
        }

        /** Not the message of the exception, which may hold anything. */
        private static String reason(SdkException problem) {
            if (problem instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
                return "%s, HTTP %d".formatted(answer.awsErrorDetails().errorCode(), answer.statusCode());
            }
            return problem.getClass().getSimpleName();
        }

        private static AwsKeys keys(AwsCredentials found) {
            Optional<String> sessionToken = found instanceof AwsSessionCredentials session
                    ? Optional.of(session.sessionToken())
                    : Optional.empty();
            return new AwsKeys(found.accessKeyId(), found.secretAccessKey(), sessionToken);
        }
    }
}
