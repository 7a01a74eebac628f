package io.jenkins.plugins.cachepurge.client.gcore;

import java.util.List;

/**
 * A part of the history of purges.
 *
 * @param last whether nothing comes after it
 */
public record PurgeStatusPage(List<PurgeStatus> purges, boolean last) {}
