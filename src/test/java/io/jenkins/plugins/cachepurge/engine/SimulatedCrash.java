package io.jenkins.plugins.cachepurge.engine;

/** Crash of the controller; nothing may catch it. Without a stack trace: each of thousands would be written to the log. */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    public SimulatedCrash() {
        super("simulated crash", null, false, false);
    }
}
