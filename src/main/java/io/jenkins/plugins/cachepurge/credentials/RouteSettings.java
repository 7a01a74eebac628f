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
 */
public record RouteSettings(Via via, Optional<CertificateReference> certificate) {

    /** From the controller, with the authorities of Java. */
    public static final RouteSettings DEFAULT = new RouteSettings(Via.CONTROLLER, Optional.empty());

    /**
     * The route that a job has chosen.
     *
     * @param via null or blank for the controller
     * @param certificate id of credentials; null or blank for none
     * @param credentials sent along, and only to approved URLs
     * @param urls where requests are sent
     * @throws InvalidInputException if it cannot be used, or an agent may not send the credentials
     */
    public static RouteSettings of(
            String via, String certificate, CredentialsReference credentials, List<ApiUrl> urls) {
        Via machine = Via.of(via);
        if (machine == Via.AGENT && !credentials.credentialsId().isEmpty()) {
            urls.forEach(RouteSettings::checkApprovedForAgents);
        }
        return new RouteSettings(
                machine,
                Optional.ofNullable(certificate)
                        .filter(id -> !id.isBlank())
                        .map(id -> new CertificateReference(id, urls)));
    }

    /** Whoever controls an agent can read what it sends. */
    private static void checkApprovedForAgents(ApiUrl url) {
        if (!CachePurgeConfiguration.get().isApprovedForAgents(url)) {
            throw new InvalidInputException(
                    Via.FIELD, LocalizedText.of("via.credentials", PrintableText.quote(url.toString())));
        }
    }

    /** Looks up what it needs, for one exchange. */
    Route route(CredentialsSource source) throws CredentialsException {
        return new Route(
                via, certificate.isPresent() ? certificate.get().certificates(source) : TrustedCertificates.NONE);
    }
}
