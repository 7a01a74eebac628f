package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipeline;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Clears the cache of a Buddy pipeline. Buddy does it before it answers: there is nothing to wait for. */
public record ClearBuddyCache(BuddyClient client, BuddyPipelineRef pipeline)
        implements Operation<ClearBuddyCache.Cleared> {

    /**
     * The pipeline whose cache was cleared; what Buddy does not say is null.
     *
     * @param url the pipeline in the API
     * @param htmlUrl the pipeline's page
     * @param lastExecutionStatus Buddy's own word
     */
    public record Cleared(long id, String name, String url, String htmlUrl, String lastExecutionStatus)
            implements OperationResult {

        @Override
        public LinkedHashMap<String, Object> value() {
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
        public Optional<String> page() {
            return Optional.ofNullable(htmlUrl);
        }
    }

    @Override
    public Subject subject() {
        return new Subject(BuddyClient.SERVICE, "cache", pipeline.toString());
    }

    @Override
    public Turn<Cleared> turn() {
        return Turn.ask(client.clearCache(pipeline), answer -> new Finished<>(subject(), cleared(answer)));
    }

    private static Cleared cleared(BuddyPipeline answer) {
        return new Cleared(answer.id(), answer.name(), answer.url(), answer.htmlUrl(), answer.lastExecutionStatus());
    }
}
