package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Channel;
import hudson.remoting.Request;
import hudson.remoting.Response;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exchanges that wait for the answer of an agent, over one connection to it. Remoting tells a caller nothing of the end
 * of a call, but listeners of every response that has arrived. Safe for several threads.
 */
final class PendingExchanges extends Channel.Listener {

    private final Set<PendingExchange> waiting = ConcurrentHashMap.newKeySet();

    /** Those of a connection. */
    static PendingExchanges of(Channel channel) {
        synchronized (PendingExchanges.class) {
            if (channel.getProperty(PendingExchanges.class) instanceof PendingExchanges existing) {
                return existing;
            }
            PendingExchanges created = new PendingExchanges();
            channel.setProperty(PendingExchanges.class, created);
            channel.addListener(created);
            return created;
        }
    }

    void add(PendingExchange exchange) {
        waiting.add(exchange);
    }

    /** @return false if it was not among them any more */
    boolean remove(PendingExchange exchange) {
        return waiting.remove(exchange);
    }

    /** On the thread that reads from the agent: must not block. */
    @Override
    public void onResponse(Channel channel, Request<?, ?> request, Response<?, ?> response, long totalNanos) {
        waiting.forEach(PendingExchange::completeIfDone);
    }

    @Override
    public void onClosed(Channel channel, IOException cause) {
        List.copyOf(waiting).forEach(PendingExchange::lost);
    }
}
