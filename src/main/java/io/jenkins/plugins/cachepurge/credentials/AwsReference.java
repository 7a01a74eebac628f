package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsKeys;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsRole;
import io.jenkins.plugins.cachepurge.client.cloudfront.StsClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials for AWS: a "Username with password" with an access key, a "Secret text" with an OIDC id token, which gets
 * temporary keys of a role, or those of a plugin that knows AWS keys.
 *
 * @param role whose keys are used; empty for the access key itself
 */
public record AwsReference(String credentialsId, AwsEndpoints endpoints, Optional<AwsRole> role)
        implements CredentialsReference {

    private static final List<Class<? extends StandardCredentials>> TYPES_OF_JENKINS =
            List.of(StandardUsernamePasswordCredentials.class, StringCredentials.class);

    public AwsReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    /** Types of credentials that can be used, with those of other plugins that are installed. */
    public static List<Class<? extends StandardCredentials>> types() {
        return Stream.<Class<? extends StandardCredentials>>concat(
                        TYPES_OF_JENKINS.stream(),
                        AwsKeyCredentialsType.all().stream().map(AwsKeyCredentialsType::type))
                .toList();
    }

    private static CredentialsLookup<StandardCredentials> lookup() {
        String ofOthers = AwsKeyCredentialsType.all().stream()
                .map(source -> ", \"%s\"".formatted(source.displayName()))
                .collect(Collectors.joining());
        return new CredentialsLookup<>(
                StandardCredentials.class,
                types(),
                "a \"Username with password\"%s or a \"Secret text\"".formatted(ofOthers));
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StandardCredentials found = lookup().find(credentialsId, source, urls());
        Optional<OtherPluginCredentials> pluginCredentials = AwsKeyCredentialsType.find(found, endpoints);
        if (pluginCredentials.isPresent()) {
            return withKeysOf(pluginCredentials.get());
        }
        if (found instanceof StringCredentials secret) {
            checkRoleForIdToken();
            return SecretTextReference.fit(
                    credentialsId, () -> withIdToken(secret.getSecret().getPlainText()));
        }
        StandardUsernamePasswordCredentials accessKey = (StandardUsernamePasswordCredentials) found;
        return SecretTextReference.fit(
                credentialsId,
                () -> withKeys(AwsKeys.of(
                        accessKey.getUsername(), accessKey.getPassword().getPlainText())));
    }

    private List<ApiUrl> urls() {
        return role.isPresent() ? List.of(endpoints.cloudFront(), endpoints.sts()) : List.of(endpoints.cloudFront());
    }

    private void checkRoleForIdToken() throws CredentialsException {
        if (role.isEmpty()) {
            throw new CredentialsException(
                    "roleArn: is required; '%s' is a \"Secret text\", whose id token gets temporary keys of a role"
                            .formatted(PrintableText.quote(credentialsId)));
        }
        if (role.get().externalId().isPresent()) {
            throw new CredentialsException(
                    "externalId: cannot be used with the id token of '%s'; the role's trust policy checks its subject instead"
                            .formatted(PrintableText.quote(credentialsId)));
        }
    }

    private Authentication withIdToken(String secret) {
        return new StsClient(endpoints)
                .assumeRole(IdToken.of(secret), role.orElseThrow().arn());
    }

    private Authentication withKeysOf(OtherPluginCredentials others) {
        return role.<Authentication>map(wanted -> new StsClient(endpoints).assumeRole(others, wanted))
                .orElse(others);
    }

    private Authentication withKeys(AwsKeys keys) {
        return role.<Authentication>map(wanted -> new StsClient(endpoints).assumeRole(keys, wanted))
                .orElseGet(() -> endpoints.signer(keys));
    }
}
