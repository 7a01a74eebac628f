package io.jenkins.plugins.cachepurge.steps;

import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A clean shutdown is no outcome of a step that waits, whatever Jenkins stops first and however long that takes. */
class ShutdownTest {

    /** What happens while Jenkins stops, for longer than any step waits between two polls. */
    private enum Order {
        NONE,
        RUNTIME_FIRST,
        OTHER_FIRST
    }

    private static volatile Order order = Order.NONE;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        order = Order.NONE;
        services.close();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void stepsThatWaitGoOnAfterTheRestart(Order first) throws Throwable {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        services.buddy.executionEndsAfter(Duration.ofHours(1), "SUCCESSFUL");
        services.feldera.stoppingTakes(Duration.ofHours(1));
        sessions.then(j -> {
            services.introduce();
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            new PipelineJobs(j, services).define(job, """
                    def ends = [:]
                    def steps = [
                        buddy: { buddyRunScheduled AT_BUDDY, executionId: 4 },
                        scaleway: { cdnPurge cdn: SCW, paths: ['/a'] },
                        feldera: { pipelineClearStorage AT_FELDERA, pipeline: 'payments', stop: true }
                    ]
                    parallel steps.collectEntries { name, step -> [(name): {
                        try { step(); echo "${name} ended well" } catch (e) { echo "caught ${name} ${e}"; throw e }
                    }] }
                    """);
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            for (String state : new String[] {"is INPROGRESS", "is pending", "is Stopping"}) {
                j.waitForMessage(state, run);
            }
            order = first;
        });
        order = Order.NONE;
        services.pass(Duration.ofHours(2));
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            for (String name : new String[] {"buddy", "scaleway", "feldera"}) {
                j.assertLogContains(name + " ended well", run);
            }
            j.assertLogNotContains("caught", run);
        });
    }

    /** Takes the place of other terminators, which run in no particular order. */
    @TestExtension
    public static final class SlowShutdown extends ItemListener {

        @Override
        public void onBeforeShutdown() {
            if (order == Order.RUNTIME_FIRST) {
                OperationRuntime.shutDown();
            }
            if (order != Order.NONE) {
                try {
                    Thread.sleep(5000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
