package io.jenkins.plugins.cachepurge.operation;

/** The two drivers: whatever is said of an operation must hold with either. */
public enum DriverKind {
    BLOCKING,
    ASYNC
}
