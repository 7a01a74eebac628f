package io.jenkins.plugins.cachepurge.client.buddy;

import java.io.Serializable;

/**
 * Where a pipeline is found.
 *
 * @param workspace the workspace's domain, as in the URL of its pages
 * @param project the project's name, as in the URL of its pages
 * @param pipelineId its number, 1 or more
 */
public record BuddyPipelineRef(String workspace, String project, long pipelineId) implements Serializable {

    @Override
    public String toString() {
        return "pipeline %s of %s/%s".formatted(pipelineId, workspace, project);
    }
}
