package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.cachepurge.client.azure.AzureApplication;
import io.jenkins.plugins.cachepurge.client.azure.AzureTokens;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.IdToken;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials for Azure: a "Username with password" with the client id and client secret of an application, or a "Secret text"
 * with an OIDC id token that the application trusts.
 *
 * @param loginUrl URL of Microsoft Entra ID
 * @param tenantId of the application
 * @param clientId of the application, for an id token
 */
public record AzureReference(String credentialsId, ApiUrl loginUrl, String tenantId, Optional<String> clientId)
        implements CredentialsReference {

    /** Types that can be used. */
    public static final List<Class<? extends StandardCredentials>> TYPES =
            List.of(StandardUsernamePasswordCredentials.class, StringCredentials.class);

    private static final CredentialsLookup<StandardCredentials> LOOKUP = new CredentialsLookup<>(
            StandardCredentials.class, TYPES, "a \"Username with password\" or a \"Secret text\"");

    public AzureReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StandardCredentials found = LOOKUP.find(credentialsId, source, List.of(url, loginUrl));
        if (found instanceof StringCredentials secret) {
            AzureApplication application = application(idTokensClient(), url);
            return SecretTextReference.fit(
                    credentialsId,
                    () -> AzureTokens.ofIdToken(
                            application, IdToken.of(secret.getSecret().getPlainText())));
        }
        StandardUsernamePasswordCredentials client = (StandardUsernamePasswordCredentials) found;
        AzureApplication application = application(secretsClient(client), url);
        return SecretTextReference.fit(
                credentialsId,
                () -> AzureTokens.ofSecret(application, client.getPassword().getPlainText()));
    }

    private AzureApplication application(String client, ApiUrl url) {
        return new AzureApplication(loginUrl, tenantId, client, url);
    }

    private String idTokensClient() throws CredentialsException {
        return clientId.orElseThrow(() -> new CredentialsException(
                "clientId: is required; '%s' is a \"Secret text\" with an id token, which names no application"
                        .formatted(PrintableText.quote(credentialsId))));
    }

    private String secretsClient(StandardUsernamePasswordCredentials client) throws CredentialsException {
        try {
            return new InputField("credentialsId", client.getUsername()).asUuid();
        } catch (InvalidInputException e) {
            throw new CredentialsException(
                    "credentialsId: the user name of '%s' must be the client id of an application, which is a UUID"
                            .formatted(PrintableText.quote(credentialsId)));
        }
    }
}
