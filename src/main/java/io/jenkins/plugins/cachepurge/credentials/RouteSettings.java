package io.jenkins.plugins.cachepurge.credentials;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Route;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;
import java.util.Optional;

/**
 * How requests get to a service, as a job has chosen. Contains ids only.
 *
 * @param via which machine sends them
 * @param certificate further authorities; empty for those of Java only
 * @param takesCertificate whether the job can name further authorities
 * @param refusedFromAgents a URL to which no agent may send the credentials; empty if agents may, or need not
 */
public record RouteSettings(
        Via via,
        Optional<CertificateReference> certificate,
        boolean takesCertificate,
        Optional<ApiUrl> refusedFromAgents) {

    /** From the controller, with the authorities of Java. */
    public static final RouteSettings DEFAULT =
            new RouteSettings(Via.CONTROLLER, Optional.empty(), false, Optional.empty());

    /**
     * The route that a job has chosen.
     *
     * @param via null or blank for the controller
     * @param certificate id of credentials; null or blank for none
     * @param credentials sent along, from agents only to URLs that are approved for them
     * @param urls where requests are sent
     * @throws InvalidInputException if it cannot be used
     */
    public static RouteSettings of(
            String via, String certificate, CredentialsReference credentials, List<ApiUrl> urls) {
        Via machine = Via.of(via);
        return new RouteSettings(
                machine,
                Optional.ofNullable(certificate)
                        .filter(id -> !id.isBlank())
                        .map(id -> new CertificateReference(id, urls)),
                true,
                refusedFromAgents(machine, credentials, urls));
    }

    /**
     * The same with the authorities of Java only, for steps without the parameter {@code certificate}.
     *
     * @throws InvalidInputException if it cannot be used
     */
    public static RouteSettings withoutCertificate(String via, CredentialsReference credentials, List<ApiUrl> urls) {
        Via machine = Via.of(via);
        return new RouteSettings(machine, Optional.empty(), false, refusedFromAgents(machine, credentials, urls));
    }

    /** Whoever controls an agent can read what it sends. */
    private static Optional<ApiUrl> refusedFromAgents(Via via, CredentialsReference credentials, List<ApiUrl> urls) {
        if (via != Via.AGENT || credentials.credentialsId().isEmpty()) {
            return Optional.empty();
        }
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        return urls.stream()
                .filter(url -> !configuration.isApprovedForAgents(url))
                .findFirst();
    }

    /** The requests that an agent sends; empty if the controller does. */
    Optional<AgentUse> agentUse() {
        return via == Via.AGENT ? Optional.of(this::checkFromAgents) : Optional.empty();
    }

    private void checkFromAgents() {
        if (refusedFromAgents.isPresent()) {
            String url = PrintableText.quote(refusedFromAgents.get().toString());
            throw new InvalidInputException(Via.FIELD, LocalizedText.of("via.credentials", url));
        }
    }

    /** Looks up what it needs, for one exchange. */
    Route route(CredentialsSource source) throws CredentialsException {
        return new Route(
                via,
                certificate.isPresent() ? certificate.get().certificates(source) : TrustedCertificates.NONE,
                takesCertificate);
    }
}
