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

    /** More than a call takes that fails before it sends anything, for example since a class is missing. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

    /** How much later than the agent itself the controller gives up. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final RemotingLink link;

    /** Null once it has been called, or was cancelled. */
    private Consumer<AgentAnswer> receiver;

    private Future<?> call;
    private Runnable forget = () -> {};
    private Cancellable check = Cancellable.NONE;
    private boolean wasDone;
    private boolean cancelled;

    PendingExchange(RemotingLink link, Consumer<AgentAnswer> receiver) {
        this.link = link;
        this.receiver = receiver;
    }

    /** Sends it to the agent. May block. */
    void begin(Channel channel, AgentRequest request, Duration atMost) {
        if (isOver()) {
            return;
        }
        try {
            Future<?> begun = channel.callAsync(callable(channel, request));
            synchronized (this) {
                call = begun;
            }
            checkAfter(CHECK_INTERVAL, atMost.plus(GRACE));
        } catch (IOException | RuntimeException e) {
            // The agent may have got it.
            complete(lost(e));
        }
        if (isCancelled()) {
            cancelRemote();
        }
    }

    private AgentExchange callable(Channel channel, AgentRequest request) {
        AgentAnswers answers = AgentAnswers.of(channel);
        long number = answers.await(this::complete);
        synchronized (this) {
            forget = () -> answers.forget(number);
        }
        return new AgentExchange(number, request, channel.export(AnswerReceiver.class, answers));
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized boolean isOver() {
        return receiver == null;
    }

    /** Receives the answer; does nothing if there was one. */
    void complete(AgentAnswer answer) {
        Consumer<AgentAnswer> waiting = end();
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    /** Never blocks. */
    void cancel() {
        if (end() != null) {
            giveUp();
        }
    }

    private Consumer<AgentAnswer> end() {
        Consumer<AgentAnswer> waiting;
        Runnable last;
        synchronized (this) {
            waiting = receiver;
            last = forget;
            receiver = null;
            check.cancel();
        }
        last.run();
        return waiting;
    }

    private void giveUp() {
        synchronized (this) {
            cancelled = true;
        }
        link.executor().execute(this::cancelRemote);
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

    private void checkAfter(Duration delay, Duration left) {
        Duration next = delay.compareTo(left) < 0 ? delay : left;
        Cancellable scheduled = link.timer().scheduleOrDrop(next, () -> check(left.minus(next)));
        synchronized (this) {
            check = scheduled;
            if (receiver == null) {
                check.cancel();
            }
        }
    }

    /** On the timer's thread. */
    private void check(Duration left) {
        boolean done;
        boolean again;
        synchronized (this) {
            done = call.isDone();
            // The answer comes on another thread than the end of the call.
            again = done && wasDone;
            wasDone = done;
        }
        if (again) {
            complete(ended());
        } else if (left.isZero() && !done) {
            complete(new AgentAnswer.Failure(Reason.NO_RESPONSE, "the request timed out"));
            giveUp();
        } else {
            checkAfter(CHECK_INTERVAL, left.isZero() ? CHECK_INTERVAL : left);
        }
    }

    /** The call has ended without an answer. */
    private AgentAnswer ended() {
        try {
            call.get();
            return new AgentAnswer.Failure(Reason.LOST_AGENT);
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
