package io.jenkins.plugins.cachepurge.client.scaleway;

import java.util.List;

/**
 * One page of a pipeline's purge requests.
 *
 * @param requests in the requested order
 * @param totalCount of all pages
 */
public record ScalewayPurgeRequestPage(List<ScalewayPurgeRequest> requests, long totalCount) {}
