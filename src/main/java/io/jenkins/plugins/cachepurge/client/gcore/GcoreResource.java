package io.jenkins.plugins.cachepurge.client.gcore;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * CDN resource of Gcore.
 *
 * @param cname its main host name
 * @param secondaryHostnames further host names; null if there are none
 */
public record GcoreResource(
        long id,
        String cname,
        @JsonProperty("secondaryHostnames") List<String> secondaryHostnames) {

    public GcoreResource {
        if (id < 1 || cname == null || cname.isBlank()) {
            throw new IllegalArgumentException("a CDN resource without id or cname");
        }
        secondaryHostnames = secondaryHostnames == null
                ? List.of()
                : secondaryHostnames.stream().filter(Objects::nonNull).toList();
    }

    /** All its host names, the main one first. */
    public List<String> hosts() {
        return Stream.concat(Stream.of(cname), secondaryHostnames.stream()).toList();
    }
}
