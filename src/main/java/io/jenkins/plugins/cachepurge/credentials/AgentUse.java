package io.jenkins.plugins.cachepurge.credentials;

import java.util.Optional;
import java.util.stream.Stream;

/** Requests that are sent by the agent on which a build runs, with or without credentials. */
@FunctionalInterface
public interface AgentUse {

    /**
     * Checks that an agent may send them. Not for the built-in node, which is the controller itself.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the credentials of one are not sent from agents
     */
    void check();

    /** That of several services together; empty if the controller sends all requests. */
    static Optional<AgentUse> of(Stream<Optional<AgentUse>> uses) {
        return uses.flatMap(Optional::stream).reduce((one, other) -> () -> {
            one.check();
            other.check();
        });
    }
}
