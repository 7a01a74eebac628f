package io.jenkins.plugins.cachepurge.engine;

/** The two drivers: whatever is said of an operation must hold with either. */
public enum DriverKind {
    BLOCKING,
    ASYNC
}
