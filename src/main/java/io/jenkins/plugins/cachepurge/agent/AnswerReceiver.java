package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Asynchronous;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer;

/** Receives, on the controller, what came of the requests of an agent. */
public interface AnswerReceiver {

    /**
     * Called by the agent, which does not wait.
     *
     * @param number of the exchange
     */
    @Asynchronous
    void receive(long number, AgentAnswer answer);
}
