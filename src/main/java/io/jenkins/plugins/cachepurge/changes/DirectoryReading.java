package io.jenkins.plugins.cachepurge.changes;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.engine.Scheduler;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.UnreadableDirectoryException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** Reading of a directory on an agent, without a thread of the controller that waits for it. */
final class DirectoryReading {

    private static final Duration FIRST_CHECK = Duration.ofMillis(20);
    private static final Duration MAX_CHECK = Duration.ofMillis(500);
    private static final int MAX_PROBLEM_LENGTH = 300;

    private final Future<?> remote;
    private final Scheduler timer;
    private final Executor executor;
    private final CompletableFuture<DirectoryListing> listing;

    private DirectoryReading(
            Future<?> remote, CompletableFuture<DirectoryListing> listing, Scheduler timer, Executor executor) {
        this.remote = remote;
        this.listing = listing;
        this.timer = timer;
        this.executor = executor;
    }

    /**
     * Begins to read. May block until the request was sent.
     *
     * @param executor for what may block
     * @return fails with an {@link AbortException} for the user; if it is cancelled, the agent stops reading
     */
    static CompletableFuture<DirectoryListing> begin(
            FilePath workspace, ChangesSpec spec, Scheduler timer, Executor executor)
            throws IOException, InterruptedException {
        CompletableFuture<DirectoryListing> listing = new CompletableFuture<>();
        ReadDirectoryCallable callable = new ReadDirectoryCallable(
                spec, spec.trustTimes() ? cacheFile(workspace, spec) : null, new RemoteListingAwaitedCheck(listing));
        DirectoryReading read = new DirectoryReading(workspace.actAsync(callable), listing, timer, executor);
        listing.whenComplete((received, problem) -> read.cancelRemote());
        read.checkAfter(FIRST_CHECK);
        return listing;
    }

    private static String cacheFile(FilePath workspace, ChangesSpec spec) {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        return temporary == null
                ? null
                : temporary
                        .child("cache-purge-digests-"
                                + Util.getDigestOf(workspace.getRemote() + '\n' + spec.directory()))
                        .getRemote();
    }

    /** Remoting tells nobody when a call ends. */
    private void checkAfter(Duration delay) {
        Cancellable check = timer.scheduleOrDrop(delay, () -> {
            if (listing.isDone()) {
                return;
            }
            if (remote.isDone()) {
                executor.execute(this::complete);
            } else {
                Duration longer = delay.plus(delay.dividedBy(2));
                checkAfter(longer.compareTo(MAX_CHECK) < 0 ? longer : MAX_CHECK);
            }
        });
        if (listing.isDone()) {
            check.cancel();
        }
    }

    private void complete() {
        try {
            Object received = remote.get();
            if (!(received instanceof DirectoryListing read)) {
                throw new InvalidManifestException("it is missing");
            }
            listing.complete(read);
        } catch (ExecutionException e) {
            listing.completeExceptionally(problem(e.getCause()));
        } catch (IOException | RuntimeException e) {
            listing.completeExceptionally(problem(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listing.completeExceptionally(problem(e));
        }
    }

    /** The message of an exception may be the agent's. */
    static AbortException problem(Throwable problem) {
        String message = PrintableText.cut(
                PrintableText.withoutInvisible(String.valueOf(problem.getMessage())), MAX_PROBLEM_LENGTH);
        if (problem instanceof UnreadableDirectoryException) {
            return new AbortException("dir: " + message);
        }
        if (problem instanceof InvalidManifestException) {
            return new AbortException(
                    "The agent's list of files is not valid: %s. Nothing was purged.".formatted(message));
        }
        String kind = problem instanceof CancellationException
                ? "it was cancelled"
                : "%s: %s".formatted(problem.getClass().getSimpleName(), message);
        return new AbortException("The agent could not read the directory: %s. Nothing was purged.".formatted(kind));
    }

    private void cancelRemote() {
        if (!remote.isDone()) {
            executor.execute(() -> remote.cancel(true));
        }
    }
}
