package io.jenkins.plugins.cachepurge.changes;

import hudson.slaves.DumbSlave;
import org.jvnet.hudson.test.JenkinsRule;

/** An agent in a process of its own, which takes seconds to start: one for all tests of a class. */
final class ConnectedAgent {

    private ConnectedAgent() {}

    /** The agent of the test before if it is connected, or else a new one. */
    static DumbSlave of(JenkinsRule j) {
        return j.jenkins.getNodes().stream()
                .filter(DumbSlave.class::isInstance)
                .map(DumbSlave.class::cast)
                .filter(agent -> agent.toComputer().isOnline())
                .findFirst()
                .orElseGet(() -> start(j));
    }

    private static DumbSlave start(JenkinsRule j) {
        try {
            return j.createOnlineSlave();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
