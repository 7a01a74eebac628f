package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyExecution;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyStatus;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts at once a Buddy execution that was scheduled for later, and waits for its end where that is wanted. */
public final class BuddyScheduledRun {

    /** How much the clocks of Jenkins and of Buddy may differ when dates of the two are compared. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private static final int TRIES = 3;

    private BuddyScheduledRun() {}

    /**
     * What is wanted.
     *
     * @param awaitEnd whether to wait for the execution's end
     * @param cancelOnAbort whether to cancel the execution when nobody waits for it any more
     */
    public record Spec(
            BuddyClient client, BuddyPipelineRef pipeline, long executionId, boolean waitForCompletion, boolean cancelOnAbort)
            implements Serializable {

        OperationDescription subject() {
            return new OperationDescription(BuddyClient.SERVICE, "execution " + executionId, pipeline.toString());
        }

        Optional<ApiCall<?>> cancellation() {
            return cancelOnAbort ? Optional.of(client.cancel(pipeline, executionId)) : Optional.empty();
        }

        /** Where an execution that was started leads, whatever it is doing now. */
        Operation<BuddyExecutionResult> started(BuddyExecution execution) {
            return switch (execution.knownStatus().meaning()) {
                case SUCCEEDED -> new SucceededState<>(subject(), BuddyExecutionResult.of(execution));
                case ENDED_OTHERWISE -> new FailedState<>(subject(), failure(execution));
                default ->
                    waitForCompletion ? new Running(this, execution) : new SucceededState<>(subject(), BuddyExecutionResult.of(execution));
            };
        }

        private ApiException failure(BuddyExecution execution) {
            String page = execution.htmlUrl() == null ? "Buddy" : execution.htmlUrl();
            return ApiException.failed(
                    BuddyClient.SERVICE,
                    "run execution %d of %s".formatted(executionId, pipeline),
                    "it ended as " + execution.status(),
                    "Its log is at " + page);
        }
    }

    public static Operation<BuddyExecutionResult> of(Spec wish) {
        return new Starting(wish, 1);
    }

    /** @param attempt 1 for the first */
    private record Starting(Spec wish, int attempt) implements Operation<BuddyExecutionResult> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<BuddyExecutionResult> turn() {
            return Next.askOnce(
                    wish.client().runDelayed(wish.pipeline(), wish.executionId()),
                    wish::started,
                    lost -> new Reconciling(wish, attempt, lost.sentAt()));
        }

        @Override
        public Optional<ApiCall<?>> cancellation() {
            return wish.cancellation();
        }
    }

    /** The answer to the start never came: what the execution does now tells whether the request arrived. */
    private record Reconciling(Spec wish, int attempt, Instant sentAt) implements Operation<BuddyExecutionResult> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<BuddyExecutionResult> turn() {
            return Next.ask(wish.client().execution(wish.pipeline(), wish.executionId()), this::found);
        }

        private Operation<BuddyExecutionResult> found(BuddyExecution execution) {
            if (execution.delayedBeyond(sentAt)) {
                return attempt < TRIES ? new Starting(wish, attempt + 1) : refused("it is still delayed");
            }
            boolean endedBefore = execution
                    .finishedAt()
                    .filter(end -> end.isBefore(sentAt.minus(CLOCK_DIFFERENCE)))
                    .isPresent();
            return endedBefore ? refused("it had ended before, as " + execution.status()) : wish.started(execution);
        }

        private Operation<BuddyExecutionResult> refused(String state) {
            return new FailedState<>(
                    subject(),
                    ApiException.failed(
                            BuddyClient.SERVICE,
                            "run execution %d of %s now".formatted(wish.executionId(), wish.pipeline()),
                            "did not answer, and " + state,
                            "Look at the execution in Buddy, then try again."));
        }

        @Override
        public Optional<ApiCall<?>> cancellation() {
            return wish.cancellation();
        }
    }

    /** @param last how Buddy described it last */
    private record Running(Spec wish, LastSeen last) implements Operation<BuddyExecutionResult> {

        Running(Spec wish, BuddyExecution execution) {
            this(wish, new LastSeen(execution.status(), execution.htmlUrl()));
        }

        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<BuddyExecutionResult> turn() {
            return new Next.Wait<>(subject() + last.said(), new Polling(wish));
        }

        @Override
        public Optional<ApiCall<?>> cancellation() {
            return wish.cancellation();
        }
    }

    private record Polling(Spec wish) implements Operation<BuddyExecutionResult> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<BuddyExecutionResult> turn() {
            return Next.ask(wish.client().execution(wish.pipeline(), wish.executionId()), wish::started);
        }

        @Override
        public Optional<ApiCall<?>> cancellation() {
            return wish.cancellation();
        }
    }

    private record LastSeen(String status, String htmlUrl) implements Serializable {
        String said() {
            return switch (BuddyStatus.of(status).meaning()) {
                case NEEDS_A_PERSON ->
                    " waits for a person (%s)%s".formatted(status, htmlUrl == null ? "" : ": " + htmlUrl);
                case UNKNOWN -> " is %s, a status this plugin does not know".formatted(PrintableText.quote(status));
                default -> " is " + status;
            };
        }
    }
}
