package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import io.jenkins.plugins.cachepurge.operation.Input;
import java.util.List;

/**
 * Credentials of the type "Username with password", sent as Basic.
 *
 * @param urls all that they are sent to; they must be meant for each of them
 */
public record UsernamePassword(String credentialsId, List<ApiUrl> urls) implements CredentialsUse {

    private static final CredentialsLookup<StandardUsernamePasswordCredentials> LOOKUP =
            new CredentialsLookup<>(StandardUsernamePasswordCredentials.class, "a \"Username with password\"");

    public UsernamePassword {
        credentialsId = new Input("credentialsId", credentialsId).required();
        urls = List.copyOf(urls);
    }

    @Override
    public Authentication authenticate(CredentialsSource source, ApiUrl url) throws CredentialsException {
        for (ApiUrl each : urls) {
            LOOKUP.find(credentialsId, source, each);
        }
        StandardUsernamePasswordCredentials found = LOOKUP.find(credentialsId, source, url);
        return SecretText.fit(
                credentialsId,
                () -> Authentication.basic(
                        found.getUsername(), found.getPassword().getPlainText()));
    }
}
