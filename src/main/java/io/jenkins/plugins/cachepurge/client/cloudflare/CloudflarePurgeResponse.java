package io.jenkins.plugins.cachepurge.client.cloudflare;

/**
 * What Cloudflare says of a purge that it took.
 *
 * @param id null where it gives none
 */
public record CloudflarePurgeResponse(String id) {}
