package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials of the type "Secret text", sent in a header that the job names.
 *
 * @param header its name
 * @param urls all URLs to which they are sent; their domain must include each
 */
public record SecretHeaderReference(String credentialsId, String header, List<ApiUrl> urls)
        implements CredentialsReference {

    private static final CredentialsLookup<StringCredentials> LOOKUP =
            new CredentialsLookup<>(StringCredentials.class, "a \"Secret text\"");

    public SecretHeaderReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
        urls = List.copyOf(urls);
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        StringCredentials found = LOOKUP.find(credentialsId, source, urls);
        return SecretTextReference.fit(
                credentialsId, () -> Signer.header(header, found.getSecret().getPlainText()));
    }
}
