package io.jenkins.plugins.cachepurge.client.http;

import java.io.Serializable;

/**
 * The addresses that a request may be sent to, and with which of them it begins. Pages are requested under such a rule,
 * since a job names their URLs and others decide what a host name resolves to.
 *
 * @param widest the most restricted scope that is allowed: {@link AddressScope#GLOBAL} for nothing but global addresses
 * @param rotation of several addresses of a host the one to begin with, counted round: another number also prevents the
 *     reuse of a connection
 * @param only the name or address to connect to instead of the host, which remains that of the request and of TLS; empty
 *     for the host
 */
public record AddressRule(AddressScope widest, int rotation, String only) implements Serializable {

    /** Any address. */
    public static final AddressRule ANY = new AddressRule(AddressScope.LOCAL, 0);

    /** Nothing but global addresses. */
    public static final AddressRule GLOBAL_ONLY = new AddressRule(AddressScope.GLOBAL, 0);

    /** A rule for whatever the host resolves to. */
    public AddressRule(AddressScope widest, int rotation) {
        this(widest, rotation, "");
    }

    /** A rule for one place, wherever it is. */
    public static AddressRule only(String address) {
        return new AddressRule(AddressScope.LOCAL, 0, address);
    }

    /** The same rule, beginning with another address. */
    public AddressRule withRotation(int rotation) {
        return new AddressRule(widest, rotation, only);
    }

    boolean isForOnePlace() {
        return !only.isEmpty();
    }

    /** What is looked up for the host of a request. */
    public String placeOf(String host) {
        return isForOnePlace() ? only : host;
    }

    /** Whether a request may be sent to an address of that scope. */
    public boolean allows(AddressScope scope) {
        return scope.compareTo(widest) <= 0;
    }
}
