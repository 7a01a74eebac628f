package io.jenkins.plugins.cachepurge.client.buddy;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Route of a Buddy distribution; values that Buddy does not return are null.
 *
 * @param id a number according to Buddy's pages, letters and digits in its examples
 */
public record BuddyRoute(String id, String subdomain, String domain, String path) {

    public BuddyRoute {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a route without id");
        }
    }

    /** The address that it serves, such as {@code www.example.org/shop}; empty if Buddy does not return it. */
    public String address() {
        String host = Stream.of(subdomain, domain)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining("."));
        return path == null ? host : host + path;
    }
}
