package io.jenkins.plugins.cachepurge.operation;

/** The end of the machine: nothing may catch it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;
}
