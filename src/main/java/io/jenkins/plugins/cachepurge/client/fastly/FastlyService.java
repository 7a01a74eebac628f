package io.jenkins.plugins.cachepurge.client.fastly;

/**
 * A service at Fastly: what there is one of for a website or more.
 *
 * @param name given by whoever made it
 */
public record FastlyService(String id, String name) {

    public FastlyService {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a service without id");
        }
        name = name == null ? "" : name;
    }
}
