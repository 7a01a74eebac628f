package io.jenkins.plugins.cachepurge.client.cloudflare;

/**
 * Response to an accepted purge.
 *
 * @param id null if there is none
 */
public record CloudflarePurgeResponse(String id) {}
