package io.jenkins.plugins.cachepurge.engine;

/** Tells people what happens. */
@FunctionalInterface
public interface ProgressListener {

    /** @param line one line, without secrets and control characters */
    void say(String line);

    /** @param requests how many requests were sent by now for this operation alone */
    default void sent(int requests) {}
}
