package io.jenkins.plugins.cachepurge.client.scaleway;

import java.util.List;

/**
 * One page of a pipeline's purge requests.
 *
 * @param requests in the order asked for
 * @param totalCount of all pages
 */
public record ScalewayPurgeRequestPage(List<ScalewayPurgeRequest> requests, long totalCount) {}
