package io.jenkins.plugins.cachepurge.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What the simulators know when they run by themselves. None of the credentials is worth anything elsewhere.
 *
 * @param buddyToken access token
 * @param buddyPipelineId the pipeline's id, see {@link #buddy}
 * @param buddyExecutionId an execution that waits for a day
 * @param scalewaySecretKey a UUID
 * @param scalewayPipelineId a UUID
 * @param gotipathDistributionId a UUID
 * @param felderaApiKey with its prefix
 * @param felderaStopped a pipeline that is stopped, with storage in use
 * @param felderaRunning a pipeline that is running
 */
public record DemoData(
        String buddyToken,
        String buddyWorkspace,
        String buddyProject,
        int buddyPipelineId,
        int buddyExecutionId,
        String scalewaySecretKey,
        String scalewayPipelineId,
        String gotipathClientId,
        String gotipathLibraryId,
        String gotipathApiKey,
        String gotipathDistributionId,
        String felderaApiKey,
        String felderaStopped,
        String felderaRunning) {

    /** The data that the documentation and the examples on the console name. */
    public static final DemoData STANDARD = new DemoData(
            "demo-buddy-token",
            "acme",
            "website",
            2,
            4,
            "11111111-1111-4111-8111-111111111111",
            "22222222-2222-4222-8222-222222222222",
            "demo-client",
            "demo-library",
            "demo-gotipath-key",
            "33333333-3333-4333-8333-333333333333",
            "apikey:demo-feldera-key",
            "orders",
            "payments");

    /** One pipeline with two ended executions and a waiting one; an execution takes ten seconds. */
    public BuddySimulator buddy(InstantSource clock) {
        return new BuddySimulator(clock, buddyToken)
                .executionEndsAfter(Duration.ofSeconds(10), "SUCCESSFUL")
                .addPipeline(buddyWorkspace, buddyProject, buddyPipelineId, "Live mirror")
                .addRoute(buddyWorkspace, "", BuddySimulator.DEMO_DISTRIBUTION, BuddySimulator.DEMO_ROUTE)
                .addExecution(buddyWorkspace, buddyProject, buddyPipelineId, buddyExecutionId - 2, "FAILED")
                .addExecution(buddyWorkspace, buddyProject, buddyPipelineId, buddyExecutionId - 1, "SUCCESSFUL")
                .addDelayedExecution(
                        buddyWorkspace,
                        buddyProject,
                        buddyPipelineId,
                        buddyExecutionId,
                        clock.instant().plus(Duration.ofDays(1)));
    }

    /** One pipeline with a history of two purges; a purge takes five seconds. */
    public ScalewaySimulator scaleway(InstantSource clock) {
        ScalewaySimulator simulator = new ScalewaySimulator(clock, scalewaySecretKey)
                .purgeTakes(Duration.ofSeconds(5), "done")
                .addPipeline(scalewayPipelineId);
        simulator.addPurge(scalewayPipelineId, List.of(), clock.instant().minus(Duration.ofDays(2)), "done");
        simulator.addPurge(
                scalewayPipelineId, List.of("/index.html"), clock.instant().minus(Duration.ofDays(1)), "error");
        return simulator;
    }

    /** One distribution, without a limit to the rate. */
    public GotipathSimulator gotipath(InstantSource clock) {
        return new GotipathSimulator(clock, gotipathClientId, gotipathLibraryId, gotipathApiKey)
                .addDistribution(gotipathDistributionId);
    }

    /** A community edition with two pipelines; clearing takes five seconds and stopping three. */
    public FelderaSimulator feldera(InstantSource clock) {
        return new FelderaSimulator(clock, Optional.of(felderaApiKey))
                .clearingTakes(Duration.ofSeconds(5))
                .stoppingTakes(Duration.ofSeconds(3))
                .addPipeline(felderaStopped, "InUse", "Stopped")
                .addPipeline(felderaRunning, "InUse", "Running");
    }
}
