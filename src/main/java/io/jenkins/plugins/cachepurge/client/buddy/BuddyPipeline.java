package io.jenkins.plugins.cachepurge.client.buddy;

/**
 * Buddy pipeline; values that Buddy does not return are null.
 *
 * @param url the pipeline in the API
 * @param htmlUrl the pipeline's page
 * @param lastExecutionStatus one of {@link BuddyStatus}
 */
public record BuddyPipeline(Long id, String name, String url, String htmlUrl, String lastExecutionStatus) {

    public BuddyPipeline {
        if (id == null) {
            throw new IllegalArgumentException("a pipeline without id");
        }
    }
}
