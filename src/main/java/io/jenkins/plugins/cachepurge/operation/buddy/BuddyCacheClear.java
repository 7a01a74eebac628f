package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipeline;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Clears the cache of a Buddy pipeline. Buddy does it before it answers: there is nothing to wait for. */
public record BuddyCacheClear(BuddyClient client, BuddyPipelineRef pipeline)
        implements Operation<BuddyCacheClear.Result> {

    /**
     * The pipeline whose cache was cleared; what Buddy does not say is null.
     *
     * @param url the pipeline in the API
     * @param htmlUrl the pipeline's page
     * @param lastExecutionStatus Buddy's own word
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
        public String summary() {
            return name == null ? "cleared" : "cleared (%s)".formatted(name);
        }

        @Override
        public Optional<String> link() {
            return Optional.ofNullable(htmlUrl);
        }
    }

    @Override
    public OperationDescription subject() {
        return new OperationDescription(BuddyClient.SERVICE, "cache", pipeline.toString());
    }

    @Override
    public Next<Result> turn() {
        return Next.ask(client.clearCache(pipeline), answer -> new SucceededState<>(subject(), cleared(answer)));
    }

    private static Result cleared(BuddyPipeline answer) {
        return new Result(answer.id(), answer.name(), answer.url(), answer.htmlUrl(), answer.lastExecutionStatus());
    }
}
