package io.jenkins.plugins.cachepurge.client.feldera;

import java.time.Duration;
import java.util.Optional;

/**
 * Response with a pipeline and the difference of the clocks.
 *
 * @param clockSkew how far Feldera's clock is ahead of Jenkins', to the second; empty if the response has no date
 */
public record FelderaPipelineResponse(FelderaPipeline pipeline, Optional<Duration> clockSkew) {}
