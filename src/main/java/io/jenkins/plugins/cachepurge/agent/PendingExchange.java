package io.jenkins.plugins.cachepurge.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import io.jenkins.plugins.cachepurge.client.agent.AgentRequest;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One exchange of an agent, from its begin to its answer. Safe for several threads. */
final class PendingExchange {

    /** How much later than the agent itself the controller gives up. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final RemotingLink link;
    private final PendingExchanges others;

    /** Null once it has been called, or was cancelled. */
    private Consumer<AgentAnswer> receiver;

    /** Null until the agent has been called. */
    private Future<?> call;

    private Cancellable deadline = Cancellable.NONE;

    PendingExchange(RemotingLink link, PendingExchanges others, Consumer<AgentAnswer> receiver) {
        this.link = link;
        this.others = others;
        this.receiver = receiver;
    }

    /** Sends it to the agent. May block. */
    void begin(Channel channel, AgentRequest request, Duration atMost) {
        try {
            Future<?> begun = channel.callAsync(new AgentExchange(request));
            Cancellable alarm = link.timer().scheduleOrDrop(atMost.plus(GRACE), this::expire);
            synchronized (this) {
                call = begun;
                deadline = alarm;
            }
            others.add(this);
            // What came back before was told to nobody.
            completeIfDone();
        } catch (IOException | RuntimeException e) {
            // The agent may have got it.
            complete(lost(e));
        }
    }

    /** Never blocks. */
    void completeIfDone() {
        Future<?> current;
        synchronized (this) {
            current = call;
        }
        if (current != null && current.isDone() && others.remove(this)) {
            link.executor().execute(() -> complete(answer(current)));
        }
    }

    /** The connection has ended. Never blocks. */
    void lost() {
        completeIfDone();
        if (others.remove(this)) {
            complete(new AgentAnswer.Failure(Reason.LOST_AGENT));
        }
    }

    private void expire() {
        complete(new AgentAnswer.Failure(Reason.NO_RESPONSE, "the request timed out"));
        link.executor().execute(this::cancelRemote);
    }

    /** Never blocks. */
    void cancel() {
        end();
        link.executor().execute(this::cancelRemote);
    }

    private void complete(AgentAnswer answer) {
        Consumer<AgentAnswer> waiting = end();
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    private Consumer<AgentAnswer> end() {
        others.remove(this);
        synchronized (this) {
            Consumer<AgentAnswer> waiting = receiver;
            receiver = null;
            deadline.cancel();
            return waiting;
        }
    }

    /** Interrupts the agent's thread. */
    private void cancelRemote() {
        Future<?> current;
        synchronized (this) {
            current = call;
        }
        if (current != null && !current.isDone()) {
            current.cancel(true);
        }
    }

    /** Whoever controls an agent may send anything. */
    private static AgentAnswer answer(Future<?> done) {
        try {
            Object received = done.get();
            return received instanceof AgentAnswer answer ? answer : new AgentAnswer.Failure(Reason.LOST_AGENT);
        } catch (ExecutionException e) {
            return lost(e.getCause());
        } catch (CancellationException e) {
            return lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lost(e);
        }
    }

    private static AgentAnswer lost(Throwable problem) {
        return new AgentAnswer.Failure(Reason.LOST_AGENT, problem.getClass().getSimpleName());
    }
}
