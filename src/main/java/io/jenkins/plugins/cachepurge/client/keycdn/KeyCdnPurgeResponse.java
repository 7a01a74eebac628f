package io.jenkins.plugins.cachepurge.client.keycdn;

/**
 * What KeyCDN says when it has done something.
 *
 * @param status {@code success}
 */
public record KeyCdnPurgeResponse(String status) {}
