package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import java.io.Serializable;
import java.util.Map;

/**
 * Numbers of requests to an instance of a cache by their outcome.
 *
 * @param counts in the order in which outcomes are declared
 */
record OutcomeCounts(Map<PurgeOutcome, Integer> counts) implements Serializable {}
