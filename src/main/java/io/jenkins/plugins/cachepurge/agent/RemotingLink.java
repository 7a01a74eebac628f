package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import io.jenkins.plugins.cachepurge.client.agent.AgentLink;
import io.jenkins.plugins.cachepurge.client.agent.AgentRequest;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.engine.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Way to an agent over its connection with Jenkins. No thread waits for an answer. For each exchange the agent is looked up
 * afresh, so that one that has connected again is used again.
 *
 * @param timer for tasks that never block
 * @param executor for what may block
 */
public record RemotingLink(BuildAgent agent, Scheduler timer, Executor executor) implements AgentLink {

    @Override
    public String name() {
        return agent.title();
    }

    @Override
    public Cancellable start(AgentRequest request, Duration atMost, Consumer<AgentAnswer> receiver) {
        Optional<Channel> channel = agent.channel();
        if (channel.isEmpty()) {
            executor.execute(() -> receiver.accept(new AgentAnswer.Failure(Reason.NO_AGENT)));
            return Cancellable.NONE;
        }
        PendingExchange exchange = new PendingExchange(this, PendingExchanges.of(channel.get()), receiver);
        exchange.begin(channel.get(), request, atMost);
        return exchange::cancel;
    }
}
