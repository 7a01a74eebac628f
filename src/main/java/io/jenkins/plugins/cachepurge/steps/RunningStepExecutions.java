package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The executions that are running, by their builds: a build that was killed does not stop its steps. */
@Extension
public final class RunningStepExecutions extends RunListener<Run<?, ?>> {

    private final Map<Run<?, ?>, Set<OperationStepExecution>> running = new ConcurrentHashMap<>();

    static RunningStepExecutions get() {
        return ExtensionList.lookupSingleton(RunningStepExecutions.class);
    }

    /** @return false if the build has ended */
    boolean add(Run<?, ?> run, OperationStepExecution execution) {
        running.compute(run, (unused, all) -> {
            Set<OperationStepExecution> executions = all == null ? ConcurrentHashMap.newKeySet() : all;
            executions.add(execution);
            return executions;
        });
        boolean building = run.isBuilding();
        if (!building) {
            remove(run, execution);
        }
        return building;
    }

    void remove(Run<?, ?> run, OperationStepExecution execution) {
        running.computeIfPresent(run, (unused, executions) -> {
            executions.remove(execution);
            return executions.isEmpty() ? null : executions;
        });
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        abortAll(run);
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        abortAll(run);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        abortAll(run);
    }

    private void abortAll(Run<?, ?> run) {
        Set<OperationStepExecution> executions = running.remove(run);
        if (executions != null) {
            executions.forEach(OperationStepExecution::buildEnded);
        }
    }
}
