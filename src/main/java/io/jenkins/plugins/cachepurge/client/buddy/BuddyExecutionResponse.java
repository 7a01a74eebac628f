package io.jenkins.plugins.cachepurge.client.buddy;

import java.time.Duration;
import java.util.Optional;

/**
 * Execution, and what time it is at Buddy.
 *
 * @param clockSkew how far Buddy's clock is ahead of this side's, to the second; empty if it does not say
 */
public record BuddyExecutionResponse(BuddyExecution execution, Optional<Duration> clockSkew) {}
