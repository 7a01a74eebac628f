package io.jenkins.plugins.cachepurge.client.gcore;

import java.util.List;

/**
 * A part of the history of purges.
 *
 * @param last whether nothing comes after it
 */
public record GcoreHistoryPage(List<GcoreHistoryEntry> purges, boolean last) {}
