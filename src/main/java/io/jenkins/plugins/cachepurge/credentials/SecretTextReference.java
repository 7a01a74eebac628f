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
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StringCredentials found = LOOKUP.find(credentialsId, source, url);
        return fit(credentialsId, () -> scheme.apply(found.getSecret().getPlainText()));
    }

    /** Creates something of a secret, with a message that names the credentials if that cannot be. */
    static <T> T fit(String credentialsId, Supplier<T> scheme) throws CredentialsException {
        try {
            return scheme.get();
        } catch (IllegalArgumentException e) {
            throw new CredentialsException("credentialsId: '%s' cannot be used: %s"
                    .formatted(PrintableText.quote(credentialsId), e.getMessage()));
        }
    }
}
