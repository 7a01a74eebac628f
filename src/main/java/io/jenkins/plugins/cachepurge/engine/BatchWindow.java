package io.jenkins.plugins.cachepurge.engine;

import java.time.Instant;

/**
 * Poll that a list can answer together with those of other operations.
 *
 * @param list equal to another's only if the same list answers both
 * @param account name of the credentials of the poll; empty for those of the whole operation
 * @param earliest when it may be part of a poll that is due for another operation
 */
record BatchWindow(Object list, String account, Instant earliest) {}
