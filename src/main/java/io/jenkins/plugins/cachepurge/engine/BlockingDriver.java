package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
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

    private final ApiTransport exchanges;
    private final SignerProvider authenticator;
    private final Sleeper sleeper;
    private final ProgressListener narrator;

    public BlockingDriver(ApiTransport exchanges, SignerProvider authenticator, Sleeper sleeper, ProgressListener narrator) {
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
                Command<R> move = session.next();
                if (move instanceof Command.Succeed<R> success) {
                    return success.result();
                }
                if (move instanceof Command.Fail<R> failure) {
                    failure.farewell().ifPresent(this::sayGoodbye);
                    throw failure.problem();
                }
                if (move instanceof Command.Pause<R> pause) {
                    sleeper.sleepUntil(pause.until());
                } else {
                    carryOut((Command.Send<?, R>) move);
                }
            }
        } catch (InterruptedException e) {
            session.cancellation().ifPresent(this::sayGoodbye);
            throw e;
        }
    }

    private <T> void carryOut(Command.Send<T, ?> send) throws CredentialsException, InterruptedException {
        send.outcome().accept(exchange(send.call(), send.atMost()));
    }

    /**
     * The exchange has a limit of its own, but that does not count while it waits for a connection to be free: the
     * deadline is kept here.
     */
    private <T> Outcome<T> exchange(ApiCall<T> call, Duration atMost)
            throws CredentialsException, InterruptedException {
        CompletableFuture<Outcome<T>> future = new CompletableFuture<>();
        ApiTransport.UnderWay underWay = exchanges.send(call, authenticator.signer(), atMost, future::complete);
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            underWay.cancel();
            return new Outcome.Failure<>(ApiException.noResponse(call, "the time was up"));
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
            exchanges.send(call, authenticator.signer(), FAREWELL, this::tellFarewell);
        } catch (CredentialsException e) {
            narrator.say(e.getMessage());
        }
    }

    private void tellFarewell(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failure<?> failed) {
            narrator.say(failed.problem().getMessage());
        }
    }
}
