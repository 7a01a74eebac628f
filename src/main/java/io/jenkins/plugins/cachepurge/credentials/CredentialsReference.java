package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;

/** Reference to the credentials of a job, and how a service expects them. Contains only their id. */
public interface CredentialsReference {

    /**
     * Looks the credentials up for one exchange.
     *
     * @param url where they are sent; their domain may exclude it
     * @throws CredentialsException if the source has none that can be used
     */
    Authentication authentication(CredentialsSource source, ApiUrl url) throws CredentialsException;

    /** Their id; empty if there are none. */
    String credentialsId();

    /** Reference to no credentials, for a service that needs none. */
    static CredentialsReference none() {
        return NoCredentials.INSTANCE;
    }

    /** No credentials. */
    enum NoCredentials implements CredentialsReference {
        INSTANCE;

        @Override
        public Authentication authentication(CredentialsSource source, ApiUrl url) {
            return Signer.NONE;
        }

        @Override
        public String credentialsId() {
            return "";
        }
    }
}
