package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;

/**
 * What a service grants for a while in exchange for credentials. Kept in memory only.
 *
 * @param signer signs with it
 * @param lifetime how long it is valid after the response that granted it
 */
public record AccessToken(Signer signer, Duration lifetime) {

    /** @throws IllegalArgumentException if it has no lifetime left */
    public AccessToken {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("an access token that has expired already");
        }
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "AccessToken[" + lifetime + "]";
    }
}
