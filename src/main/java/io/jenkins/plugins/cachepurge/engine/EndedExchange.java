package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;

/**
 * Exchange of an operation alone that has ended.
 *
 * @param part name of the part of a sequence that it belongs to, such as "varnish"; empty if there is no sequence
 * @param begunAt when it was due, so that it includes the wait for a quota
 * @param failed whether there was no response, or one that is no success
 */
public record EndedExchange(String part, Instant begunAt, Instant endedAt, boolean failed) {}
