package io.jenkins.plugins.cachepurge.client.fastly;

/**
 * Service of Fastly, for one website or more.
 *
 * @param name chosen by its owner
 */
public record FastlyService(String id, String name) {

    public FastlyService {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a service without id");
        }
        name = name == null ? "" : name;
    }
}
