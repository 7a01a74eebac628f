package io.jenkins.plugins.cachepurge.client.gcore;

import java.time.Instant;

/**
 * Response with a CDN resource and its time.
 *
 * @param readAt by Gcore's clock, not later than it was read
 */
public record GcoreResourceResponse(GcoreResource resource, Instant readAt) {}
