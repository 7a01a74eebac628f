package io.jenkins.plugins.cachepurge.client.buddy;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A route as Buddy describes it; what Buddy does not say is null.
 *
 * @param id Buddy's pages call it a number, its examples show signs
 */
public record BuddyRoute(String id, String subdomain, String domain, String path) {

    public BuddyRoute {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a route without id");
        }
    }

    /** The address that it serves, such as {@code www.example.org/shop}; empty where Buddy does not say. */
    public String address() {
        String host = Stream.of(subdomain, domain)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining("."));
        return path == null ? host : host + path;
    }
}
