package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
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
    public Authentication authenticate(Run<?, ?> run, ApiUrl url, boolean first) throws CredentialsException {
        GotipathApiCredentials found = LOOKUP.find(credentialsId, run, url, first);
        return SecretText.fit(credentialsId, found::authentication);
    }
}
