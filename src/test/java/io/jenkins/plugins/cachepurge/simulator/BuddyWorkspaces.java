package io.jenkins.plugins.cachepurge.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All pipelines, and who may see them. Not thread safe. */
final class BuddyWorkspaces {

    private final List<SimBuddyPipeline> pipelines = new ArrayList<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Set<String> rejectedScopes = new HashSet<>();

    void add(SimBuddyPipeline pipeline) {
        pipelines.add(pipeline);
    }

    void refuse(String workspace, String message) {
        refused.put(workspace, message);
    }

    void rejectScope(String scope) {
        rejectedScopes.add(scope);
    }

    List<SimBuddyPipeline> all() {
        return pipelines;
    }

    SimBuddyPipeline pipeline(String workspace, String project, int id) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.workspace().equals(workspace)
                        && pipeline.project().equals(project)
                        && pipeline.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pipeline was added for this"));
    }

    SimBuddyExecution execution(String workspace, String project, int pipelineId, int id) {
        return pipeline(workspace, project, pipelineId)
                .execution(id)
                .orElseThrow(() -> new IllegalArgumentException("no execution was added for this"));
    }

    /** The pipelines of the project that a path names, if the token may reach it. */
    List<SimBuddyPipeline> permitted(String scope, Map<String, String> path) {
        String workspace = path.get("workspace");
        List<SimBuddyPipeline> inWorkspace = pipelines.stream()
                .filter(pipeline -> pipeline.workspace().equals(workspace))
                .toList();
        if (inWorkspace.isEmpty()) {
            throw notFound("Workspace");
        }
        permit(scope, path);
        List<SimBuddyPipeline> inProject = inWorkspace.stream()
                .filter(pipeline -> pipeline.project().equals(path.get("project")))
                .toList();
        if (inProject.isEmpty()) {
            throw notFound("Project");
        }
        return inProject;
    }

    /** Refuses what a token may not do in the workspace that a path names. */
    void permit(String scope, Map<String, String> path) {
        Optional.ofNullable(refused.get(path.get("workspace"))).ifPresent(message -> {
            throw new ErrorResponseException(BuddyErrorResponses.error(403, message));
        });
        if (rejectedScopes.contains(scope)) {
            throw new ErrorResponseException(
                    BuddyErrorResponses.error(403, "You cannot receive data: the token lacks the scope " + scope));
        }
    }

    SimBuddyPipeline permittedPipeline(String scope, Map<String, String> path) {
        List<SimBuddyPipeline> inProject = permitted(scope, path);
        int id = BuddyArguments.id(path.get("pipeline"));
        return inProject.stream()
                .filter(pipeline -> pipeline.id() == id)
                .findFirst()
                .orElseThrow(() -> notFound("Pipeline"));
    }

    SimBuddyExecution execution(SimBuddyPipeline pipeline, Map<String, String> path) {
        return pipeline.execution(BuddyArguments.id(path.get("execution"))).orElseThrow(() -> notFound("Execution"));
    }

    private static ErrorResponseException notFound(String what) {
        return new ErrorResponseException(BuddyErrorResponses.error(404, what + " not found"));
    }
}
