package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import io.jenkins.plugins.cachepurge.operation.Input;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials of the type "Secret text".
 *
 * @param scheme how the service wants the secret
 */
public record SecretText(String credentialsId, Function<String, Authentication> scheme) implements CredentialsUse {

    private static final CredentialsLookup<StringCredentials> LOOKUP =
            new CredentialsLookup<>(StringCredentials.class, "a \"Secret text\"");

    public SecretText {
        credentialsId = new Input("credentialsId", credentialsId).required();
    }

    @Override
    public Authentication authenticate(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StringCredentials found = LOOKUP.find(credentialsId, source, url);
        return fit(credentialsId, () -> scheme.apply(found.getSecret().getPlainText()));
    }

    static Authentication fit(String credentialsId, Supplier<Authentication> scheme) throws CredentialsException {
        try {
            return scheme.get();
        } catch (IllegalArgumentException e) {
            throw new CredentialsException(
                    "credentialsId: '%s' cannot be used: %s".formatted(Input.shown(credentialsId), e.getMessage()));
        }
    }
}
