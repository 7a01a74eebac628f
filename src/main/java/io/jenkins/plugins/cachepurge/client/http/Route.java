package io.jenkins.plugins.cachepurge.client.http;

/**
 * How a request gets to its server.
 *
 * @param via which machine sends it
 * @param trusted authorities that are trusted beside those of Java
 */
public record Route(Via via, TrustedCertificates trusted) {

    /** From the controller, with the authorities of Java. */
    public static final Route DEFAULT = new Route(Via.CONTROLLER, TrustedCertificates.NONE);
}
