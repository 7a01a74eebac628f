package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.input.InputField;

/** Reads the names and numbers by which a person says which pipeline or execution is meant. */
public final class BuddyInput {

    private BuddyInput() {}

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the field that cannot be used */
    public static BuddyPipelineRef pipeline(String workspace, String project, String pipelineId) {
        return new BuddyPipelineRef(
                new InputField("workspace", workspace).asName(),
                new InputField("project", project).asName(),
                new InputField("pipelineId", pipelineId).asId());
    }

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where it is no number of 1 or more */
    public static long executionId(String text) {
        return new InputField("executionId", text).asId();
    }
}
