package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.time.Duration;
import java.util.function.Consumer;

/** Way to an agent. */
public interface AgentLink {

    /** Name of the agent for messages, such as "agent linux-3". */
    String name();

    /**
     * Lets the agent send a request. May block until it has got it.
     *
     * @param atMost after which the agent counts as lost
     * @param receiver called exactly once, unless it is cancelled; must not block
     */
    Cancellable start(AgentRequest request, Duration atMost, Consumer<AgentAnswer> receiver);
}
