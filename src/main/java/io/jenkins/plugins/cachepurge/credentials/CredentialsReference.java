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

    /** Their id; empty if there are none. */
    String credentialsId();

    /** For a service that needs none. */
    static CredentialsReference none() {
        return NoCredentials.INSTANCE;
    }

    /** No credentials. */
    enum NoCredentials implements CredentialsReference {
        INSTANCE;

        @Override
        public Signer signer(CredentialsSource source, ApiUrl url) {
            return Signer.NONE;
        }

        @Override
        public String credentialsId() {
            return "";
        }
    }
}
