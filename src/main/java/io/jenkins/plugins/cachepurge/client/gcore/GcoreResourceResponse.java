package io.jenkins.plugins.cachepurge.client.gcore;

import java.time.Instant;

/**
 * CDN resource, and what time it is at Gcore.
 *
 * @param readAt by Gcore's clock, not later than it was read
 */
public record GcoreResourceResponse(GcoreResource resource, Instant readAt) {}
