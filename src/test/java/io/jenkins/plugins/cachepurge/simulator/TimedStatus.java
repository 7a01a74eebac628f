package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;

/**
 * One stage in the life of something a service works on.
 *
 * @param status the service's own word, or one that no client knows
 * @param time how long it stays so; without meaning in the last phase, which has no end
 */
public record TimedStatus(String status, Duration time) {}
