package io.jenkins.plugins.cachepurge.engine;

/** The end of the machine: nothing may catch it. */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;
}
