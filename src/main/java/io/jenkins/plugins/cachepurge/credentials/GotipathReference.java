package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;

/** Credentials of the type "Gotipath API credentials". */
public record GotipathReference(String credentialsId) implements CredentialsReference {

    private static final CredentialsLookup<GotipathApiCredentials> LOOKUP =
            new CredentialsLookup<>(GotipathApiCredentials.class, "\"Gotipath API credentials\"");

    public GotipathReference {
        credentialsId = new InputField("credentialsId", credentialsId).asCredentialsId();
    }

    @Override
    public Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException {
        GotipathApiCredentials found = LOOKUP.find(credentialsId, source, url);
        return SecretTextReference.fit(credentialsId, found::authentication);
    }
}
