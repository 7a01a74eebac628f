package io.jenkins.plugins.cachepurge.client.keycdn;

/**
 * Zone of KeyCDN, for one website or more.
 *
 * @param name chosen by its owner
 */
public record KeyCdnZone(String name) {

    public KeyCdnZone {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a zone without name");
        }
    }
}
