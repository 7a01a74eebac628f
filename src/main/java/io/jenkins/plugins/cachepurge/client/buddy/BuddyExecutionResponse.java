package io.jenkins.plugins.cachepurge.client.buddy;

import java.time.Duration;
import java.util.Optional;

/**
 * Response with an execution and the difference of the clocks.
 *
 * @param clockSkew how far Buddy's clock is ahead of Jenkins', to the second; empty if the response has no date
 */
public record BuddyExecutionResponse(BuddyExecution execution, Optional<Duration> clockSkew) {}
