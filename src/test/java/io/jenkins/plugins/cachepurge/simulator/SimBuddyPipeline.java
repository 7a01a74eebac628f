package io.jenkins.plugins.cachepurge.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A pipeline and its executions. Not thread safe. */
final class SimBuddyPipeline {

    private final String workspace;
    private final String project;
    private final int id;
    private final String name;
    private final Instant created;
    private final NavigableMap<Integer, SimBuddyExecution> executions = new TreeMap<>();
    private int cacheCleared;

    SimBuddyPipeline(String workspace, String project, int id, String name, Instant created) {
        this.workspace = workspace;
        this.project = project;
        this.id = id;
        this.name = name;
        this.created = created;
    }

    String workspace() {
        return workspace;
    }

    String project() {
        return project;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    int cacheCleared() {
        return cacheCleared;
    }

    void clearCache() {
        cacheCleared++;
    }

    void add(SimBuddyExecution execution) {
        executions.put(execution.id(), execution);
    }

    int nextExecutionId() {
        return executions.isEmpty() ? 1 : executions.lastKey() + 1;
    }

    Optional<SimBuddyExecution> execution(int executionId) {
        return Optional.ofNullable(executions.get(executionId));
    }

    Collection<SimBuddyExecution> executions() {
        return executions.values();
    }

    List<SimBuddyExecution> newestFirst() {
        return List.copyOf(executions.descendingMap().values());
    }

    /** The status of what was started last, INITIAL if nothing ever was. */
    String lastExecutionStatus(Instant now) {
        return executions.values().stream()
                .filter(execution -> execution.startDate(now).isPresent())
                .max(Comparator.comparing(execution -> execution.startDate(now).orElseThrow()))
                .map(execution -> execution.status(now))
                .orElse("INITIAL");
    }
}
