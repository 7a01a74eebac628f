package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.util.List;

/**
 * Credentials of the type "Username with password", sent as Basic.
 *
 * @param urls all URLs to which they are sent; their domain must include each
 */
public record UsernamePasswordReference(String credentialsId, List<ApiUrl> urls) implements CredentialsReference {

    private static final CredentialsLookup<StandardUsernamePasswordCredentials> LOOKUP =
            new CredentialsLookup<>(StandardUsernamePasswordCredentials.class, "a \"Username with password\"");

    public UsernamePasswordReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
        urls = List.copyOf(urls);
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StandardUsernamePasswordCredentials found = LOOKUP.find(credentialsId, source, urls);
        return SecretTextReference.fit(
                credentialsId,
                () -> Signer.basic(found.getUsername(), found.getPassword().getPlainText()));
    }
}
