package io.jenkins.plugins.cachepurge.operation.feldera;

import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaPipeline;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaPipelineResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * Clearing of the storage of a Feldera pipeline. A pipeline that was started again meanwhile is neither stopped nor
 * cleared: after a lost response or a restart its status is read first.
 *
 * @param stop whether to stop the pipeline first, and wait until it is stopped
 * @param waitForCompletion whether to wait until the storage is cleared
 */
public record FelderaStorageClear(FelderaClient client, String pipeline, boolean stop, boolean waitForCompletion) {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

    private static final int MAX_ATTEMPTS = 3;

    /** Dates may be cut to seconds. */
    private static final Duration CLOCK_PRECISION = Duration.ofSeconds(2);

    /**
     * Last status of the pipeline, in Feldera's words.
     *
     * @param storageStatus {@code Cleared}, or {@code Clearing} without waiting
     */
    public record Result(String pipeline, String storageStatus, String deploymentStatus) implements OperationResult {

        @Override
        public LinkedHashMap<String, Object> toPipelineValue() {
            LinkedHashMap<String, Object> value = new LinkedHashMap<>();
            value.put("pipeline", pipeline);
            value.put("storageStatus", storageStatus);
            value.put("deploymentStatus", deploymentStatus);
            return value;
        }

        @Override
        public LocalizedText summary() {
            return LocalizedText.of("feldera.cleared", storageStatus, deploymentStatus);
        }
    }

    /**
     * The name of a pipeline. Which names are valid depends on the version of Feldera that created the pipeline.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException for a text that cannot be a segment of a path
     */
    public static String pipelineName(String text) {
        return new InputField("pipeline", text).asName();
    }

    /**
     * A tenant's name that is valid in a header.
     *
     * @return null if none is given
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException for any other text
     */
    public static String tenant(String text) {
        return text == null || text.isBlank() ? null : new InputField("tenant", text).matching(VISIBLE_ASCII, "tenant");
    }

    /** The clearing as an operation. */
    public Operation<FelderaStorageClear, Result> operation() {
        return Operation.of(
                new OperationDescription(
                        FelderaClient.SERVICE, OperationKind.STORAGE, LocalizedText.of("target.pipeline", pipeline)),
                this,
                stop ? new Stopping(1) : new Clearing(1));
    }

    /** The state after a stop: waits until the pipeline is stopped; fails if it is to run again. */
    private State<FelderaStorageClear, Result> afterStop(FelderaPipeline found) {
        if (found.stopped()) {
            return new Clearing(1);
        }
        return found.isToRun()
                ? new FailedState<>(startedAgain("stop pipeline " + pipeline, found))
                : new Waiting(statusText(found), new AwaitingStop());
    }

    private State<FelderaStorageClear, Result> afterClear(FelderaPipeline found) {
        if (found.cleared() || !waitForCompletion) {
            return new SucceededState<>(new Result(pipeline, found.storageStatus(), found.deploymentStatus()));
        }
        return found.isToRun()
                ? new FailedState<>(startedAgain("clear the storage of pipeline " + pipeline, found))
                : new Waiting(statusText(found), new AwaitingClear());
    }

    private static ApiException startedAgain(String asked, FelderaPipeline found) {
        return ApiException.failed(
                FelderaClient.SERVICE,
                asked,
                "it is %s, and has been started again".formatted(PrintableText.quote(found.deploymentStatus())),
                "The pipeline was left as it is. Look at it, then run the step again.");
    }

    private static ApiException givenUp(String asked) {
        return ApiException.failed(
                FelderaClient.SERVICE,
                asked,
                "no usable response arrived to %d requests; it has not been done".formatted(MAX_ATTEMPTS),
                "Check the API URL, and try again later.");
    }

    private LocalizedText statusText(FelderaPipeline found) {
        LocalizedText status = LocalizedText.of(
                "feldera.status",
                pipeline,
                PrintableText.quote(found.deploymentStatus()),
                PrintableText.quote(found.storageStatus()));
        return found.error()
                .map(text -> LocalizedText.of("feldera.afterError", status, PrintableText.quote(text)))
                .orElse(status);
    }

    /** @param attempt 1 for the first */
    private record Stopping(int attempt) implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchangeOnce(
                    spec.client().stop(spec.pipeline()),
                    accepted -> new AwaitingStop(),
                    lost -> new ReconcilingStop(attempt, lost.sentAt(), lost.restarted()));
        }
    }

    /**
     * The response to the stop was lost: the status shows its effect.
     *
     * @param restarted whether any time may have passed since
     */
    private record ReconcilingStop(int attempt, Instant sentAt, boolean restarted)
            implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchange(spec.client().status(spec.pipeline()), found -> found(spec, found));
        }

        private State<FelderaStorageClear, Result> found(FelderaStorageClear spec, FelderaPipelineResponse found) {
            FelderaPipeline pipeline = found.pipeline();
            if (!pipeline.isToRun() || wasStartedSince(found)) {
                return spec.afterStop(pipeline);
            }
            return attempt < MAX_ATTEMPTS
                    ? new Stopping(attempt + 1)
                    : new FailedState<>(givenUp("stop pipeline " + spec.pipeline()));
        }

        /** Without a date from Feldera, only a restart leaves time to start it again. */
        private boolean wasStartedSince(FelderaPipelineResponse found) {
            Instant sentAtFeldera = sentAt.plus(found.clockSkew().orElse(Duration.ZERO));
            return found.pipeline()
                    .desiredSince()
                    .map(since -> since.isAfter(sentAtFeldera.minus(CLOCK_PRECISION)))
                    .orElse(restarted);
        }
    }

    private record AwaitingStop() implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchange(spec.client().status(spec.pipeline()), found -> spec.afterStop(found.pipeline()));
        }
    }

    /** @param attempt 1 for the first */
    private record Clearing(int attempt) implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchangeOnce(
                    spec.client().clear(spec.pipeline()),
                    accepted -> new AwaitingClear(),
                    lost -> new ReconcilingClear(attempt));
        }
    }

    /** The response to the clear was lost: the status shows its effect. */
    private record ReconcilingClear(int attempt) implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchange(spec.client().status(spec.pipeline()), found -> found(spec, found));
        }

        private State<FelderaStorageClear, Result> found(FelderaStorageClear spec, FelderaPipelineResponse found) {
            FelderaPipeline pipeline = found.pipeline();
            boolean nothingDone = pipeline.stopped() && pipeline.isStorageInUse();
            if (!nothingDone) {
                return spec.afterClear(pipeline);
            }
            return attempt < MAX_ATTEMPTS
                    ? new Clearing(attempt + 1)
                    : new FailedState<>(givenUp("clear the storage of pipeline " + spec.pipeline()));
        }
    }

    private record AwaitingClear() implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return Next.exchange(spec.client().status(spec.pipeline()), found -> spec.afterClear(found.pipeline()));
        }
    }

    /** @param then the state that reads the status */
    private record Waiting(LocalizedText status, State<FelderaStorageClear, Result> then)
            implements State<FelderaStorageClear, Result> {

        @Override
        public Next<FelderaStorageClear, Result> next(FelderaStorageClear spec) {
            return new Next.Wait<>(status, then);
        }
    }
}
