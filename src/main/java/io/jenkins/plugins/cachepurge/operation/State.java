package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * State of an operation, which a restart restores: immutable, serializable and small. It does no I/O, reads no clock
 * and contains no secret.
 *
 * @param <S> type of the operation's spec
 * @param <R> type of the operation's result
 */
@FunctionalInterface
public interface State<S, R> extends Serializable {

    /** The next action. Depends only on the state and the spec, so that it is the same after a restart. */
    Next<S, R> next(S spec);
}
