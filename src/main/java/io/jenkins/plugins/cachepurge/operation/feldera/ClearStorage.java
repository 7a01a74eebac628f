package io.jenkins.plugins.cachepurge.operation.feldera;

import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaPipeline;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Clears the storage of a Feldera pipeline, and waits until it is cleared where that is wanted. */
public final class ClearStorage {

    private static final Pattern PIPELINE_NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_]{0,61})?[A-Za-z0-9]");

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

    private ClearStorage() {}

    /**
     * What is wanted.
     *
     * @param stop whether to stop the pipeline first, and wait until it is
     * @param awaitEnd whether to wait until the storage is cleared
     */
    public record Wish(FelderaClient client, String pipeline, boolean stop, boolean awaitEnd) implements Serializable {

        Subject subject() {
            return new Subject(FelderaClient.SERVICE, "storage", "pipeline " + pipeline);
        }
    }

    /**
     * How the pipeline was when last seen, in Feldera's words.
     *
     * @param storageStatus {@code Cleared}, or {@code Clearing} where nobody waited
     */
    public record Cleared(String pipeline, String storageStatus, String deploymentStatus) implements OperationResult {

        @Override
        public LinkedHashMap<String, Object> value() {
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
     * @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException for any other text
     */
    public static String pipelineName(String text) {
        return new Input("pipeline", text).matching(PIPELINE_NAME, "pipelineName");
    }

    /**
     * A tenant's name, as it can stand in a header.
     *
     * @return null where none is given
     * @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException for a text that cannot
     */
    public static String tenant(String text) {
        return text == null || text.isBlank() ? null : new Input("tenant", text).matching(VISIBLE_ASCII, "tenant");
    }

    public static Operation<Cleared> of(Wish wish) {
        return wish.stop() ? new Stopping(wish) : new Clearing(wish);
    }

    private record Stopping(Wish wish) implements Operation<Cleared> {
        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Turn<Cleared> turn() {
            return Turn.ask(wish.client().stop(wish.pipeline()), answer -> new AwaitingStop(wish));
        }
    }

    private record AwaitingStop(Wish wish) implements Operation<Cleared> {
        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Turn<Cleared> turn() {
            return Turn.ask(wish.client().status(wish.pipeline()), this::seen);
        }

        private Operation<Cleared> seen(FelderaPipeline pipeline) {
            return pipeline.stopped() ? new Clearing(wish) : new Waiting(wish, said(wish, pipeline), this);
        }
    }

    private record Clearing(Wish wish) implements Operation<Cleared> {
        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Turn<Cleared> turn() {
            return Turn.ask(wish.client().clear(wish.pipeline()), answer -> new AwaitingCleared(wish));
        }
    }

    private record AwaitingCleared(Wish wish) implements Operation<Cleared> {
        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Turn<Cleared> turn() {
            return Turn.ask(wish.client().status(wish.pipeline()), this::seen);
        }

        private Operation<Cleared> seen(FelderaPipeline pipeline) {
            if (pipeline.cleared() || !wish.awaitEnd()) {
                return new Finished<>(
                        subject(), new Cleared(wish.pipeline(), pipeline.storageStatus(), pipeline.deploymentStatus()));
            }
            return new Waiting(wish, said(wish, pipeline), this);
        }
    }

    /** @param then what to look at again */
    private record Waiting(Wish wish, String state, Operation<Cleared> then) implements Operation<Cleared> {
        @Override
        public Subject subject() {
            return wish.subject();
        }

        @Override
        public Turn<Cleared> turn() {
            return new Turn.Wait<>(state, then);
        }
    }

    private static String said(Wish wish, FelderaPipeline pipeline) {
        String error = pipeline.error()
                .map(text -> ", after the error: " + Input.shown(text))
                .orElse("");
        return "Feldera pipeline %s is %s, its storage %s%s"
                .formatted(
                        wish.pipeline(),
                        Input.shown(pipeline.deploymentStatus()),
                        Input.shown(pipeline.storageStatus()),
                        error);
    }
}
