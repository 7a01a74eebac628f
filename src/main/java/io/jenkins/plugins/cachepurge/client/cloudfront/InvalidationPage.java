package io.jenkins.plugins.cachepurge.client.cloudfront;

import java.util.List;
import java.util.Optional;

/**
 * Page of a list of invalidations.
 *
 * @param invalidations the newest first
 * @param nextMarker where the next page begins; empty for the last
 */
public record InvalidationPage(List<Invalidation> invalidations, Optional<String> nextMarker) {

    public InvalidationPage {
        invalidations = List.copyOf(invalidations);
    }
}
