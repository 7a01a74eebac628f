package io.jenkins.plugins.cachepurge.client.scaleway;

import java.time.Duration;
import java.util.List;

/**
 * One page of a pipeline's purge requests.
 *
 * @param requests in the order asked for
 * @param totalCount of all pages
 * @param clockAhead how far the service's clock is ahead of this side's, to the second; negative where it is behind
 */
public record ScalewayPurgeRequestPage(List<ScalewayPurgeRequest> requests, long totalCount, Duration clockAhead) {}
