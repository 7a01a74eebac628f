package io.jenkins.plugins.cachepurge.client.keycdn;

/**
 * A zone: what there is one of for a website or more.
 *
 * @param name given by whoever made it
 */
public record KeyCdnZone(String name) {

    public KeyCdnZone {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a zone without name");
        }
    }
}
