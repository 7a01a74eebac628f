package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import java.io.Serializable;
import java.util.Optional;

/**
 * Something asked of a service that may take several exchanges, as an immutable state: each answer leads to the next
 * one. It does no I/O, looks at no clock and holds no secret. A restart goes on from any state that was saved.
 *
 * @param <R> what comes of it
 */
public interface Operation<R extends OperationResult> extends Serializable {

    /** What comes next. Depends on the state alone, so that it can be asked again after a restart. */
    Next<R> turn();

    /** What it is about. */
    OperationDescription subject();

    /**
     * The part of the state that is the same in all states and may be large, where there is one: a journal need not write
     * it down again and again.
     */
    default Optional<Serializable> unchanging() {
        return Optional.empty();
    }

    /**
     * What has come about so far, for the line that says that the time is up; empty where the last exchange says all.
     */
    default Optional<String> soFar() {
        return Optional.empty();
    }

    /**
     * What to tell the service when nobody waits for the end any more. Asked only after something was sent.
     */
    default Optional<ApiCall<?>> cancellation() {
        return Optional.empty();
    }
}
