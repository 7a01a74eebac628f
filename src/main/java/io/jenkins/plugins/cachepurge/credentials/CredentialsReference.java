package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;

/** What credentials a job names, and how a service wants them. Holds their id only. */
public interface CredentialsReference {

    /**
     * Looks the credentials up for one exchange.
     *
     * @param url where they are to be sent, which may be what limits them to some domain
     * @throws CredentialsException where the source has none that can be used
     */
    Signer signer(CredentialsSource source, ApiUrl url) throws CredentialsException;

    /** For a service that asks for none. */
    static CredentialsReference none() {
        return (source, url) -> Signer.NONE;
    }
}
