package io.jenkins.plugins.cachepurge.client.akamai;

import java.io.Serializable;
import java.time.Instant;

/**
 * Purge that Akamai has accepted. Akamai does not report when it is done.
 *
 * @param purgeId Akamai's id
 * @param acceptedAt by the clock of Jenkins
 * @param estimatedSeconds how long it takes as Akamai estimates, 0 or more
 * @param count number of objects
 */
public record AkamaiPurgeResponse(String purgeId, Instant acceptedAt, int estimatedSeconds, int count)
        implements Serializable {

    /** When it is done as Akamai estimates. */
    public Instant doneAt() {
        return acceptedAt.plusSeconds(estimatedSeconds);
    }
}
