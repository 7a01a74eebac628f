package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.buddy.ClearBuddyCache;
import io.jenkins.plugins.cachepurge.operation.buddy.ExecutionResult;
import io.jenkins.plugins.cachepurge.operation.buddy.RunScheduledExecution;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;

/** Buddy with a pipeline, and an execution that is scheduled for tomorrow and takes ten seconds. */
final class BuddyStage {

    static final int EXECUTION = STANDARD.buddyExecutionId();

    private static final BuddyClient CLIENT = new BuddyClient(ApiUrl.of("https://buddy.example"));
    private static final BuddyPipelineRef PIPELINE =
            new BuddyPipelineRef(STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId());

    final VirtualTime time = new VirtualTime();
    final BuddySimulator buddy = STANDARD.buddy(time);
    final Bench bench;

    BuddyStage(DriverKind kind) {
        bench = new Bench(kind, time, buddy, Authentication.bearer(STANDARD.buddyToken()));
    }

    static Operation<ClearBuddyCache.Cleared> clear() {
        return new ClearBuddyCache(CLIENT, PIPELINE);
    }

    static Operation<ExecutionResult> run() {
        return run(EXECUTION, true, false);
    }

    static Operation<ExecutionResult> runAndCancelOnAbort() {
        return run(EXECUTION, true, true);
    }

    static Operation<ExecutionResult> run(long execution, boolean awaitEnd, boolean cancelOnAbort) {
        return RunScheduledExecution.of(
                new RunScheduledExecution.Wish(CLIENT, PIPELINE, execution, awaitEnd, cancelOnAbort));
    }

    int clears() {
        return buddy.cacheCleared(STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId());
    }

    int starts() {
        return buddy.executionStarts(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }

    int cancels() {
        return buddy.executionCancels(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }

    String status() {
        return buddy.executionStatus(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }
}
