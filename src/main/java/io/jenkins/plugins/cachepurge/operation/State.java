package io.jenkins.plugins.cachepurge.operation;

import java.io.Serializable;

/**
 * What a restart must know of an operation: immutable, serializable and small. It does no I/O, reads no clock and holds no
 * secret.
 *
 * @param <S> type of the operation's spec
 * @param <R> type of the operation's result
 */
@FunctionalInterface
public interface State<S, R> extends Serializable {

    /** What comes next. Depends on the state and the spec alone, so that it can be asked again after a restart. */
    Next<S, R> next(S spec);
}
