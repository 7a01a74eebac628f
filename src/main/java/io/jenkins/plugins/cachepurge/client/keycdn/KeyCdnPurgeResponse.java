package io.jenkins.plugins.cachepurge.client.keycdn;

/**
 * Response to a purge.
 *
 * @param status {@code success}
 */
public record KeyCdnPurgeResponse(String status) {}
