package io.jenkins.plugins.cachepurge.operation;

import java.time.Instant;

/**
 * Exchange that may have taken effect although no usable response came.
 *
 * @param sentAt not later than it was sent, by the clock of Jenkins
 * @param restarted true if Jenkins was restarted since, so that any time may have passed
 */
public record LostResponse(Instant sentAt, boolean restarted) {}
