package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyScheduledRun;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;

/** Buddy with a pipeline, and an execution that is scheduled for tomorrow and takes ten seconds. */
public final class BuddyFixture {

    public static final int EXECUTION = STANDARD.buddyExecutionId();

    private static final BuddyClient CLIENT = new BuddyClient(ApiUrl.of("https://buddy.example"));
    private static final BuddyPipelineRef PIPELINE =
            new BuddyPipelineRef(STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId());

    public final VirtualTime time = new VirtualTime();
    public final BuddySimulator buddy = STANDARD.buddy(time);
    public final EngineHarness harness;

    public BuddyFixture(DriverKind kind) {
        harness = new EngineHarness(kind, time, buddy, Signer.bearer(STANDARD.buddyToken()));
    }

    public static Operation<?, BuddyCacheClear.Result> clear() {
        return BuddyCacheClear.of(CLIENT, PIPELINE);
    }

    public static Operation<?, BuddyExecutionResult> run() {
        return run(EXECUTION, true, false);
    }

    public static Operation<?, BuddyExecutionResult> runAndCancelOnAbort() {
        return run(EXECUTION, true, true);
    }

    public static Operation<?, BuddyExecutionResult> run(long execution, boolean awaitEnd, boolean cancelOnAbort) {
        return new BuddyScheduledRun(CLIENT, PIPELINE, execution, awaitEnd, cancelOnAbort).operation();
    }

    public int clears() {
        return buddy.cacheCleared(STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId());
    }

    public int starts() {
        return buddy.executionStarts(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }

    public int cancels() {
        return buddy.executionCancels(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }

    public String status() {
        return buddy.executionStatus(
                STANDARD.buddyWorkspace(), STANDARD.buddyProject(), STANDARD.buddyPipelineId(), EXECUTION);
    }
}
