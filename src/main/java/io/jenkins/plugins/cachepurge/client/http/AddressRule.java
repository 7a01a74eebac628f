package io.jenkins.plugins.cachepurge.client.http;

import java.io.Serializable;

/**
 * The addresses that a request may be sent to, and with which of them it begins. Pages are requested under such a rule,
 * since a job names their URLs and others decide what a host name resolves to.
 *
 * @param widest the most restricted scope that is allowed: {@link AddressScope#GLOBAL} for nothing but global addresses
 * @param rotation of several addresses of a host the one to begin with, counted round: another number also prevents the
 *     reuse of a connection
 */
public record AddressRule(AddressScope widest, int rotation) implements Serializable {

    /** Any address. */
    public static final AddressRule ANY = new AddressRule(AddressScope.LOCAL, 0);

    /** Nothing but global addresses. */
    public static final AddressRule GLOBAL_ONLY = new AddressRule(AddressScope.GLOBAL, 0);

    /** The same rule, beginning with another address. */
    public AddressRule withRotation(int rotation) {
        return new AddressRule(widest, rotation);
    }

    /** Whether a request may be sent to an address of that scope. */
    public boolean allows(AddressScope scope) {
        return scope.compareTo(widest) <= 0;
    }
}
