package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyExecution;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyExecutionResponse;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyStatus;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Immediate start of a Buddy execution that was scheduled for later. It must not be started twice.
 *
 * @param waitForCompletion whether to wait for the execution's end
 * @param cancelOnAbort whether to cancel the execution on an abort or a timeout
 */
public record BuddyScheduledRun(
        BuddyClient client,
        BuddyPipelineRef pipeline,
        long executionId,
        boolean waitForCompletion,
        boolean cancelOnAbort) {

    /** Dates may be cut to seconds. */
    private static final Duration CLOCK_PRECISION = Duration.ofSeconds(2);

    /** Assumed maximum difference of the clocks if the response has no date. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    private static final int MAX_ATTEMPTS = 3;

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if it is not a number of 1 or more */
    public static long executionId(String text) {
        return new InputField("executionId", text).asId();
    }

    /** The run as an operation. */
    public Operation<BuddyScheduledRun, BuddyExecutionResult> operation() {
        OperationDescription description = new OperationDescription(
                BuddyClient.SERVICE,
                OperationKind.RUN,
                LocalizedText.of("target.execution", executionId, pipeline.text()));
        return Operation.of(description, this, new Starting(1))
                .withCancelCall(cancelOnAbort ? Optional.of(client.cancel(pipeline, executionId)) : Optional.empty());
    }

    /** The state after the start of an execution. */
    private State<BuddyScheduledRun, BuddyExecutionResult> started(BuddyExecution execution) {
        return switch (execution.knownStatus().remoteStatus()) {
            case SUCCEEDED -> new SucceededState<>(BuddyExecutionResult.of(execution));
            case FAILED -> new FailedState<>(failure(execution));
            default ->
                waitForCompletion
                        ? new Running(execution.status(), execution.htmlUrl())
                        : new SucceededState<>(BuddyExecutionResult.of(execution));
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

    /** @param attempt 1 for the first */
    private record Starting(int attempt) implements State<BuddyScheduledRun, BuddyExecutionResult> {

        @Override
        public Next<BuddyScheduledRun, BuddyExecutionResult> next(BuddyScheduledRun run) {
            return Next.exchangeOnce(
                    run.client().runDelayed(run.pipeline(), run.executionId()),
                    run::started,
                    lost -> new Reconciling(attempt, lost.sentAt()));
        }
    }

    /** The response to the start was lost: the status of the execution shows whether the request arrived. */
    private record Reconciling(int attempt, Instant sentAt) implements State<BuddyScheduledRun, BuddyExecutionResult> {

        @Override
        public Next<BuddyScheduledRun, BuddyExecutionResult> next(BuddyScheduledRun run) {
            return Next.exchange(run.client().execution(run.pipeline(), run.executionId()), found -> found(run, found));
        }

        private State<BuddyScheduledRun, BuddyExecutionResult> found(
                BuddyScheduledRun run, BuddyExecutionResponse found) {
            BuddyExecution execution = found.execution();
            Instant sentAtBuddy = sentAt.plus(found.clockSkew().orElse(Duration.ZERO));
            Duration precision = found.clockSkew().isPresent() ? CLOCK_PRECISION : MAX_CLOCK_SKEW;
            if (execution.delayedBeyond(sentAtBuddy)) {
                return attempt < MAX_ATTEMPTS
                        ? new Starting(attempt + 1)
                        : new FailedState<>(notStarted(run, "it is still delayed"));
            }
            boolean endedBefore = execution
                    .finishedAt()
                    .filter(end -> end.isBefore(sentAtBuddy.minus(precision)))
                    .isPresent();
            return endedBefore
                    ? new FailedState<>(notStarted(run, "it had ended before, as " + execution.status()))
                    : run.started(execution);
        }

        private static ApiException notStarted(BuddyScheduledRun run, String status) {
            return ApiException.failed(
                    BuddyClient.SERVICE,
                    "run execution %d of %s now".formatted(run.executionId(), run.pipeline()),
                    "no usable response arrived; " + status,
                    "Look at the execution in Buddy, then try again.");
        }
    }

    /** The last status from Buddy. */
    private record Running(String status, String htmlUrl)
            implements State<BuddyScheduledRun, BuddyExecutionResult>, Serializable {

        @Override
        public Next<BuddyScheduledRun, BuddyExecutionResult> next(BuddyScheduledRun run) {
            return new Next.Wait<>(
                    line(LocalizedText.of(
                            "buddy.execution", run.executionId(), run.pipeline().text())),
                    new Polling());
        }

        private LocalizedText line(LocalizedText execution) {
            return switch (BuddyStatus.of(status).remoteStatus()) {
                case WAITING_FOR_USER -> {
                    LocalizedText waits = LocalizedText.of("buddy.waitsForPerson", execution, status);
                    yield htmlUrl == null ? waits : LocalizedText.of("text.value", waits, htmlUrl);
                }
                case UNKNOWN -> LocalizedText.of("buddy.unknownStatus", execution, PrintableText.quote(status));
                default -> LocalizedText.of("status.is", execution, status);
            };
        }
    }

    private record Polling() implements State<BuddyScheduledRun, BuddyExecutionResult> {

        @Override
        public Next<BuddyScheduledRun, BuddyExecutionResult> next(BuddyScheduledRun run) {
            return Next.exchange(
                    run.client().execution(run.pipeline(), run.executionId()), found -> run.started(found.execution()));
        }
    }
}
