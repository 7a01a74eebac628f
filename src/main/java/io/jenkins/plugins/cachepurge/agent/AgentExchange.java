package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer;
import io.jenkins.plugins.cachepurge.client.agent.AgentHttpClient;
import io.jenkins.plugins.cachepurge.client.agent.AgentRequest;
import jenkins.agents.ControllerToAgentCallable;

/** Sends a request on an agent, on remoting's own thread. */
record AgentExchange(AgentRequest request) implements ControllerToAgentCallable<AgentAnswer, RuntimeException> {

    private static final long serialVersionUID = 1L;

    @Override
    public AgentAnswer call() {
        return client().exchange(request);
    }

    /** The client of the channel, with its connections; another one after the agent has connected again. */
    private static AgentHttpClient client() {
        Channel channel = Channel.currentOrFail();
        synchronized (AgentHttpClient.class) {
            if (channel.getProperty(AgentHttpClient.class) instanceof AgentHttpClient client) {
                return client;
            }
            AgentHttpClient created = new AgentHttpClient();
            channel.setProperty(AgentHttpClient.class, created);
            return created;
        }
    }

    /** Contains no secret; remoting logs it. */
    @Override
    public String toString() {
        return "AgentExchange[%s]".formatted(request);
    }
}
