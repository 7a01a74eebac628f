package io.jenkins.plugins.cachepurge.engine;

/** Crash of the controller; nothing may catch it. */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;
}
