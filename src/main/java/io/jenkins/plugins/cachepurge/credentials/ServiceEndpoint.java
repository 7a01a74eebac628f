package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.SignerProvider;
import java.util.List;
import java.util.Optional;

/**
 * URL of a service, and its credentials.
 *
 * @param url approved for the service
 * @param route how requests get there
 */
public record ServiceEndpoint(ApiUrl url, CredentialsReference credentials, RouteSettings route)
        implements SignerSource {

    /** A service that the controller asks, with the authorities of Java. */
    public ServiceEndpoint(ApiUrl url, CredentialsReference credentials) {
        this(url, credentials, RouteSettings.DEFAULT);
    }

    /**
     * The same service over the route that a job has chosen.
     *
     * @param via null or blank for the controller
     * @param certificate id of credentials; null or blank for none
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if it cannot be used
     */
    public ServiceEndpoint over(String via, String certificate) {
        return new ServiceEndpoint(url, credentials, RouteSettings.of(via, certificate, credentials, List.of(url)));
    }

    @Override
    public SignerProvider signerFrom(CredentialsSource source) {
        return new BoundSigner(this, source);
    }

    @Override
    public Optional<AgentUse> agentUse() {
        return route.agentUse();
    }

    private record BoundSigner(ServiceEndpoint endpoint, CredentialsSource source) implements SignerProvider {

        @Override
        public String credentialId() {
            return endpoint.credentials().credentialsId();
        }

        @Override
        public Authentication authentication() throws CredentialsException {
            Authentication found = endpoint.credentials().authentication(source, endpoint.url());
            if (endpoint.route().equals(RouteSettings.DEFAULT)) {
                return found;
            }
            // An access token is shared by all who have the same secret, whatever their route.
            if (!(found instanceof Signer signer)) {
                throw new IllegalStateException("a route of its own needs credentials without access tokens");
            }
            return signer.over(endpoint.route().route(source));
        }
    }
}
