package io.jenkins.plugins.cachepurge.client.cloudflare;

/**
 * A zone: a domain at Cloudflare.
 *
 * @param name the domain
 */
public record CloudflareZone(String id, String name) {

    public CloudflareZone {
        if (id == null || id.isBlank() || name == null) {
            throw new IllegalArgumentException("a zone without id or name");
        }
    }
}
