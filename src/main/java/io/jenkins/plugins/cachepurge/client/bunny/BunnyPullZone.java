package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Pull zone of bunny.net.
 *
 * @param name may be null
 */
public record BunnyPullZone(
        @JsonProperty("Id") long id, @JsonProperty("Name") String name) {

    public BunnyPullZone {
        if (id < 1) {
            throw new IllegalArgumentException("a pull zone without id");
        }
    }
}
