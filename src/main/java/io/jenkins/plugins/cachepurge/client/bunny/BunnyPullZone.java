package io.jenkins.plugins.cachepurge.client.bunny;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A pull zone as bunny.net describes it, as far as anybody here asks.
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
