package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipeline;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Clearing of the cache of a Buddy pipeline, which is done when Buddy responds. */
public final class BuddyCacheClear {

    private BuddyCacheClear() {}

    /**
     * The pipeline whose cache was cleared; values that Buddy does not return are null.
     *
     * @param url the pipeline in the API
     * @param htmlUrl the pipeline's page
     * @param lastExecutionStatus Buddy's status
     */
    public record Result(long id, String name, String url, String htmlUrl, String lastExecutionStatus)
            implements OperationResult {

        @Override
        public LinkedHashMap<String, Object> toPipelineValue() {
            LinkedHashMap<String, Object> value = new LinkedHashMap<>();
            value.put("id", id);
            value.put("name", name);
            value.put("url", url);
            value.put("htmlUrl", htmlUrl);
            value.put("lastExecutionStatus", lastExecutionStatus);
            return value;
        }

        @Override
        public LocalizedText summary() {
            LocalizedText cleared = LocalizedText.of("buddy.cleared");
            return name == null ? cleared : LocalizedText.of("text.detail", cleared, name);
        }

        @Override
        public Optional<String> link() {
            return Optional.ofNullable(htmlUrl);
        }
    }

    public static Operation<?, Result> of(BuddyClient client, BuddyPipelineRef pipeline) {
        return Operation.ofCall(
                new OperationDescription(BuddyClient.SERVICE, OperationKind.CACHE, pipeline.text()),
                client.clearCache(pipeline).map(BuddyCacheClear::cleared));
    }

    private static Result cleared(BuddyPipeline answer) {
        return new Result(answer.id(), answer.name(), answer.url(), answer.htmlUrl(), answer.lastExecutionStatus());
    }
}
