package io.jenkins.plugins.cachepurge.operation.feldera;

import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaPipeline;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Clears the storage of a Feldera pipeline, and waits until it is cleared where that is wanted. */
public final class FelderaStorageClear {

    private static final Pattern PIPELINE_NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_]{0,61})?[A-Za-z0-9]");

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

    private FelderaStorageClear() {}

    /**
     * What is wanted.
     *
     * @param stop whether to stop the pipeline first, and wait until it is
     * @param awaitEnd whether to wait until the storage is cleared
     */
    public record Spec(FelderaClient client, String pipeline, boolean stop, boolean waitForCompletion) implements Serializable {

        OperationDescription subject() {
            return new OperationDescription(FelderaClient.SERVICE, "storage", "pipeline " + pipeline);
        }
    }

    /**
     * How the pipeline was when last seen, in Feldera's words.
     *
     * @param storageStatus {@code Cleared}, or {@code Clearing} where nobody waited
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
        public String summary() {
            return "storage %s, pipeline %s".formatted(storageStatus, deploymentStatus);
        }
    }

    /**
     * A pipeline's name, as Feldera allows them.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException for any other text
     */
    public static String pipelineName(String text) {
        return new InputField("pipeline", text).matching(PIPELINE_NAME, "pipelineName");
    }

    /**
     * A tenant's name, as it can stand in a header.
     *
     * @return null where none is given
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException for a text that cannot
     */
    public static String tenant(String text) {
        return text == null || text.isBlank() ? null : new InputField("tenant", text).matching(VISIBLE_ASCII, "tenant");
    }

    public static Operation<Result> of(Spec wish) {
        return wish.stop() ? new Stopping(wish) : new Clearing(wish);
    }

    private record Stopping(Spec wish) implements Operation<Result> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<Result> turn() {
            return Next.ask(wish.client().stop(wish.pipeline()), answer -> new AwaitingStop(wish));
        }
    }

    private record AwaitingStop(Spec wish) implements Operation<Result> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<Result> turn() {
            return Next.ask(wish.client().status(wish.pipeline()), this::seen);
        }

        private Operation<Result> seen(FelderaPipeline pipeline) {
            return pipeline.stopped() ? new Clearing(wish) : new Waiting(wish, said(wish, pipeline), this);
        }
    }

    private record Clearing(Spec wish) implements Operation<Result> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<Result> turn() {
            return Next.ask(wish.client().clear(wish.pipeline()), answer -> new AwaitingCleared(wish));
        }
    }

    private record AwaitingCleared(Spec wish) implements Operation<Result> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<Result> turn() {
            return Next.ask(wish.client().status(wish.pipeline()), this::seen);
        }

        private Operation<Result> seen(FelderaPipeline pipeline) {
            if (pipeline.cleared() || !wish.waitForCompletion()) {
                return new SucceededState<>(
                        subject(), new Result(wish.pipeline(), pipeline.storageStatus(), pipeline.deploymentStatus()));
            }
            return new Waiting(wish, said(wish, pipeline), this);
        }
    }

    /** @param then what to look at again */
    private record Waiting(Spec wish, String state, Operation<Result> then) implements Operation<Result> {
        @Override
        public OperationDescription subject() {
            return wish.subject();
        }

        @Override
        public Next<Result> turn() {
            return new Next.Wait<>(state, then);
        }
    }

    private static String said(Spec wish, FelderaPipeline pipeline) {
        String error = pipeline.error()
                .map(text -> ", after the error: " + PrintableText.quote(text))
                .orElse("");
        return "Feldera pipeline %s is %s, its storage %s%s"
                .formatted(
                        wish.pipeline(),
                        PrintableText.quote(pipeline.deploymentStatus()),
                        PrintableText.quote(pipeline.storageStatus()),
                        error);
    }
}
