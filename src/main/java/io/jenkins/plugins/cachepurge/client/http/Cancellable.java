package io.jenkins.plugins.cachepurge.client.http;

/** Something that is under way or will be done later, and can be given up. */
@FunctionalInterface
public interface Cancellable {

    /** Nothing to give up. */
    Cancellable NONE = () -> {};

    /** Gives it up, if it has not ended. Never blocks. */
    void cancel();
}
