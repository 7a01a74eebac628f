package io.jenkins.plugins.cachepurge.client.buddy;

import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Reference to a pipeline.
 *
 * @param workspace the workspace's domain, as in the URL of its pages
 * @param project the project's name, as in the URL of its pages
 * @param pipelineId its number, 1 or more
 */
public record BuddyPipelineRef(String workspace, String project, long pipelineId) implements Serializable {

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the field that cannot be used */
    public static BuddyPipelineRef parse(String workspace, String project, String pipelineId) {
        return new BuddyPipelineRef(
                new InputField("workspace", workspace).asName(),
                new InputField("project", project).asName(),
                new InputField("pipelineId", pipelineId).asId());
    }

    /** Such as "pipeline 2 of acme/website". */
    public LocalizedText text() {
        return LocalizedText.of("target.pipelineOf", Long.toString(pipelineId), workspace + "/" + project);
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
