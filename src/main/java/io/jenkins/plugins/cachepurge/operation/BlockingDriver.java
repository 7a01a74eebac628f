package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Exchanges;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a session on the calling thread, for callers that have one to spend. */
public final class BlockingDriver {

    /** How long the service gets to take note that nobody waits any more. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** Waits, or does as if. */
    @FunctionalInterface
    public interface Sleeper {
        void sleepUntil(Instant moment) throws InterruptedException;
    }

    private final Exchanges exchanges;
    private final Authenticator authenticator;
    private final Sleeper sleeper;
    private final Narrator narrator;

    public BlockingDriver(Exchanges exchanges, Authenticator authenticator, Sleeper sleeper, Narrator narrator) {
        this.exchanges = exchanges;
        this.authenticator = authenticator;
        this.sleeper = sleeper;
        this.narrator = narrator;
    }

    /**
     * @return the result
     * @throws ApiException where the service could not or would not do it, or the time was up
     * @throws CredentialsException where what authenticates it cannot be used
     * @throws InterruptedException where the thread was interrupted; an exchange under way is given up
     */
    public <R extends OperationResult> R run(OperationSession<R> session)
            throws ApiException, CredentialsException, InterruptedException {
        try {
            while (true) {
                Move<R> move = session.next();
                if (move instanceof Move.Succeed<R> success) {
                    return success.result();
                }
                if (move instanceof Move.Fail<R> failure) {
                    failure.farewell().ifPresent(this::sayGoodbye);
                    throw failure.problem();
                }
                if (move instanceof Move.Pause<R> pause) {
                    sleeper.sleepUntil(pause.until());
                } else {
                    carryOut((Move.Send<?, R>) move);
                }
            }
        } catch (InterruptedException e) {
            session.cancellation().ifPresent(this::sayGoodbye);
            throw e;
        }
    }

    private <T> void carryOut(Move.Send<T, ?> send) throws CredentialsException, InterruptedException {
        send.outcome().accept(exchange(send.call(), send.atMost()));
    }

    /**
     * The exchange has a limit of its own, but that does not count while it waits for a connection to be free: the
     * deadline is kept here.
     */
    private <T> Outcome<T> exchange(ApiCall<T> call, Duration atMost)
            throws CredentialsException, InterruptedException {
        CompletableFuture<Outcome<T>> future = new CompletableFuture<>();
        Exchanges.UnderWay underWay = exchanges.send(call, authenticator.authenticate(), atMost, future::complete);
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            underWay.cancel();
            return new Outcome.Failed<>(ApiException.noAnswer(call, "the time was up"));
        } catch (InterruptedException e) {
            underWay.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The thread may have been interrupted already, so this must not wait on it: the answer is told when it comes. */
    private void sayGoodbye(ApiCall<?> call) {
        try {
            narrator.say("Asking %s to %s".formatted(call.service(), call.purpose()));
            exchanges.send(call, authenticator.authenticate(), FAREWELL, this::tellFarewell);
        } catch (CredentialsException e) {
            narrator.say(e.getMessage());
        }
    }

    private void tellFarewell(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?> failed) {
            narrator.say(failed.problem().getMessage());
        }
    }
}
