package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import io.jenkins.plugins.cachepurge.operation.Input;

/** Credentials of the type "Gotipath API credentials". */
public record GotipathApi(String credentialsId) implements CredentialsUse {

    private static final CredentialsLookup<GotipathApiCredentials> LOOKUP =
            new CredentialsLookup<>(GotipathApiCredentials.class, "\"Gotipath API credentials\"");

    public GotipathApi {
        credentialsId = new Input("credentialsId", credentialsId).required();
    }

    @Override
    public Authentication authenticate(CredentialsSource source, ApiUrl url) throws CredentialsException {
        GotipathApiCredentials found = LOOKUP.find(credentialsId, source, url);
        return SecretText.fit(credentialsId, found::authentication);
    }
}
