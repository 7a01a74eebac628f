package io.jenkins.plugins.cachepurge.operation;

/** Tells the person at the console what happens. */
@FunctionalInterface
public interface Narrator {

    /** @param line one line, without secrets and control characters */
    void say(String line);
}
