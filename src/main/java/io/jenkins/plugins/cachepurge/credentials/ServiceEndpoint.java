package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;

/**
 * URL of a service, and its credentials.
 *
 * @param url approved for the service
 */
public record ServiceEndpoint(ApiUrl url, CredentialsReference credentials) implements SignerSource {

    @Override
    public SignerProvider signerFrom(CredentialsSource source) {
        return new BoundSigner(this, source);
    }

    private record BoundSigner(ServiceEndpoint endpoint, CredentialsSource source) implements SignerProvider {

        @Override
        public String credentialId() {
            return endpoint.credentials().credentialsId();
        }

        @Override
        public Authentication authentication() throws CredentialsException {
            return endpoint.credentials().authentication(source, endpoint.url());
        }
    }
}
