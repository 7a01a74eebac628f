package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials of the type "Secret text".
 *
 * @param scheme how the service expects the secret
 */
public record SecretTextReference(String credentialsId, Function<String, ? extends Authentication> scheme)
        implements CredentialsReference {

    private static final CredentialsLookup<StringCredentials> LOOKUP =
            new CredentialsLookup<>(StringCredentials.class, "a \"Secret text\"");

    public SecretTextReference {
        credentialsId = new InputField("credentialsId", credentialsId).required();
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StringCredentials found = LOOKUP.find(credentialsId, source, url);
        return fit(credentialsId, () -> scheme.apply(found.getSecret().getPlainText()));
    }

    static Authentication fit(String credentialsId, Supplier<? extends Authentication> scheme)
            throws CredentialsException {
        try {
            return scheme.get();
        } catch (IllegalArgumentException e) {
            throw new CredentialsException("credentialsId: '%s' cannot be used: %s"
                    .formatted(PrintableText.quote(credentialsId), e.getMessage()));
        }
    }
}
