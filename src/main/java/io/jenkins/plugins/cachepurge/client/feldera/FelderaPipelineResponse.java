package io.jenkins.plugins.cachepurge.client.feldera;

import java.time.Duration;
import java.util.Optional;

/**
 * Pipeline, and what time it is at Feldera.
 *
 * @param clockSkew how far Feldera's clock is ahead of this side's, to the second; empty if it does not say
 */
public record FelderaPipelineResponse(FelderaPipeline pipeline, Optional<Duration> clockSkew) {}
