package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Number of pull zones of an account. */
public record BunnyPullZoneCount(@JsonProperty("Count") Long count) {

    public BunnyPullZoneCount {
        if (count == null) {
            throw new IllegalArgumentException("no Count");
        }
    }
}
