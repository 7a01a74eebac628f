package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;

/**
 * Where a service is, and as whom it is spoken to.
 *
 * @param url approved for the service
 */
public record ServiceEndpoint(ApiUrl url, CredentialsReference credentials) {

    /** What authenticates one operation of a build. */
    public SignerProvider signerFor(Run<?, ?> run) {
        return signerFrom(CredentialsSource.of(run));
    }

    /** What authenticates exchanges, from any source of credentials. */
    public SignerProvider signerFrom(CredentialsSource source) {
        return new BoundSigner(this, source);
    }

    private record BoundSigner(ServiceEndpoint endpoint, CredentialsSource source) implements SignerProvider {

        @Override
        public String credentialId() {
            return endpoint.credentials().credentialsId();
        }

        @Override
        public Signer signer() throws CredentialsException {
            return endpoint.credentials().signer(source, endpoint.url());
        }
    }
}
