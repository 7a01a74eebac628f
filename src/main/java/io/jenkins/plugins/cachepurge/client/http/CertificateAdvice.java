package io.jenkins.plugins.cachepurge.client.http;

/**
 * What helps against a certificate that is not accepted.
 *
 * @param route of the request
 */
record CertificateAdvice(Route route) {

    /** A sentence. */
    String against(UntrustedCertificateException.Problem problem) {
        return switch (problem) {
            case EXPIRED -> "Renew it on the server.";
            case NOT_YET_VALID ->
                isFromAgent()
                        ? "Check the clock of the agent, and the certificate."
                        : "Check the clock of the machine that runs Jenkins, and the certificate.";
            case AUTHORITY_OUT_OF_DATE -> "Replace it in the credentials that the parameter certificate names.";
            case OTHER_HOST ->
                "Use a URL with a name that the certificate has, or a certificate for this host on the server.";
            case UNKNOWN_ISSUER -> againstUnknownIssuer();
            case REFUSED -> "Check the URL, and the certificate on the server.";
        };
    }

    private String againstUnknownIssuer() {
        if (!route.takesCertificate()) {
            return isFromAgent()
                    ? "Check the URL, or let the agent's Java trust the certificate's issuer."
                    : "Check the API URL, or let the Java that runs Jenkins trust the certificate's issuer.";
        }
        return route.trusted().isEmpty()
                ? "Check the URL, or name credentials with the issuer's certificate in the parameter certificate."
                : "Check the URL, and that the credentials in the parameter certificate contain the issuer's certificate.";
    }

    private boolean isFromAgent() {
        return route.via() == Via.AGENT;
    }
}
