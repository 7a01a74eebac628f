package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runs a session while the calling thread waits, for callers that have a thread to spend. */
public final class BlockingDriver {

    /** Waits for the end. */
    @FunctionalInterface
    public interface Waiter {

        /** A thread that waits. */
        Waiter THREAD = Future::get;

        void await(Future<?> end) throws InterruptedException, ExecutionException;
    }

    private final AsyncDriver.Dependencies dependencies;
    private final Waiter waiter;

    public BlockingDriver(AsyncDriver.Dependencies dependencies, Waiter waiter) {
        this.dependencies = dependencies;
        this.waiter = waiter;
    }

    /**
     * Runs a session to its end.
     *
     * @throws ApiException if the service could not or would not do it, or the time was over
     * @throws CredentialsException if the credentials cannot be used
     * @throws InterruptedException if the thread was interrupted; the operation is aborted then
     */
    public <R extends OperationResult> R run(OperationSession<R> session)
            throws ApiException, CredentialsException, InterruptedException {
        CompletableFuture<R> end = new CompletableFuture<>();
        AsyncDriver<R> driver = new AsyncDriver<>(session, dependencies, completing(end));
        driver.start();
        try {
            waiter.await(end);
            return end.join();
        } catch (InterruptedException e) {
            driver.abort();
            throw e;
        } catch (ExecutionException e) {
            throw problem(e.getCause());
        }
    }

    private static <R> AsyncDriver.CompletionCallback<R> completing(CompletableFuture<R> end) {
        return new AsyncDriver.CompletionCallback<>() {
            @Override
            public void onSuccess(R result) {
                end.complete(result);
            }

            @Override
            public void onFailure(Throwable problem) {
                end.completeExceptionally(problem);
            }
        };
    }

    /** Returned to be thrown; only unchecked ones are thrown here. */
    private static ApiException problem(Throwable problem) throws CredentialsException {
        if (problem instanceof ApiException expected) {
            return expected;
        }
        if (problem instanceof CredentialsException expected) {
            throw expected;
        }
        if (problem instanceof Error error) {
            throw error;
        }
        throw problem instanceof RuntimeException defect ? defect : new IllegalStateException(problem);
    }
}
