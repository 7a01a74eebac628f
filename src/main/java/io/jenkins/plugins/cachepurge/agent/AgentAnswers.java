package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What the exchanges of one connection to an agent wait for. There is one for each connection, so that an agent can answer
 * its own exchanges only.
 */
final class AgentAnswers extends Channel.Listener implements AnswerReceiver {

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Consumer<AgentAnswer>> waiting = new ConcurrentHashMap<>();

    /** Those of a connection. */
    static AgentAnswers of(Channel channel) {
        synchronized (AgentAnswers.class) {
            if (channel.getProperty(AgentAnswers.class) instanceof AgentAnswers existing) {
                return existing;
            }
            AgentAnswers created = new AgentAnswers();
            channel.setProperty(AgentAnswers.class, created);
            channel.addListener(created);
            return created;
        }
    }

    /**
     * Registers an exchange.
     *
     * @param receiver called at most once; must not block
     * @return its number
     */
    long await(Consumer<AgentAnswer> receiver) {
        long number = numbers.incrementAndGet();
        waiting.put(number, receiver);
        return number;
    }

    /** The receiver of an exchange, which is not called any more; empty if it was. */
    Optional<Consumer<AgentAnswer>> forget(long number) {
        return Optional.ofNullable(waiting.remove(number));
    }

    @Override
    public void receive(long number, AgentAnswer answer) {
        AgentAnswer checked = answer == null ? new AgentAnswer.Failure(Reason.LOST_AGENT) : answer;
        forget(number).ifPresent(receiver -> receiver.accept(checked));
    }

    @Override
    public void onClosed(Channel channel, IOException cause) {
        for (Long number : new ArrayList<>(waiting.keySet())) {
            receive(number, new AgentAnswer.Failure(Reason.LOST_AGENT));
        }
    }
}
