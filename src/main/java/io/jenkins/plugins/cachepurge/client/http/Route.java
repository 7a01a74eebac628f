package io.jenkins.plugins.cachepurge.client.http;

/**
 * How a request gets to its server.
 *
 * @param via which machine sends it
 * @param trusted authorities that are trusted beside those of Java
 * @param takesCertificate whether the job can name such authorities
 */
public record Route(Via via, TrustedCertificates trusted, boolean takesCertificate) {

    /** From the controller, with the authorities of Java. */
    public static final Route DEFAULT = new Route(Via.CONTROLLER, TrustedCertificates.NONE, false);

    /** A route for which the job can name further authorities. */
    public Route(Via via, TrustedCertificates trusted) {
        this(via, trusted, true);
    }

    /** The same from the controller, which sends the requests of a build on the built-in node. */
    Route fromController() {
        return new Route(Via.CONTROLLER, trusted, takesCertificate);
    }
}
