package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How many pull zones an account has. */
public record BunnyPullZoneCount(@JsonProperty("Count") Long count) {

    public BunnyPullZoneCount {
        if (count == null) {
            throw new IllegalArgumentException("no Count");
        }
    }
}
