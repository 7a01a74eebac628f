package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step that a restart interrupted either goes on or fails, whatever has changed since. */
class ObstructedResumeTest {

    /** What preparing a step throws after the restart, by the number that its Jenkinsfile names. */
    private static final List<Supplier<Throwable>> OBSTACLES = List.of(
            () -> new NoClassDefFoundError("org/example/Gone"),
            () -> new AssertionError("class X is missing its descriptor"),
            () -> new IllegalStateException("changed"),
            StackOverflowError::new);

    private static volatile boolean changed;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        changed = false;
        services.close();
    }

    @Test
    void stepFailsWhateverPreparingItThrows() throws Throwable {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        sessions.then(j -> {
            services.introduce();
            for (int i = 0; i < OBSTACLES.size(); i++) {
                String purge = "cdnPurge cdn: changing(scw: SCW, obstacle: %d), paths: ['/a']".formatted(i);
                start(j, "job" + i, purge, "is pending");
            }
        });
        changed = true;
        sessions.then(j -> {
            for (int i = 0; i < OBSTACLES.size(); i++) {
                assertFails(j, "job" + i);
            }
        });
    }

    private static void assertFails(org.jvnet.hudson.test.JenkinsRule j, String name) throws Exception {
        WorkflowRun run = j.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
    }

    @Test
    void damagedReportFailsNothingAndKeepsTheRest() throws Throwable {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        Path[] file = new Path[1];
        sessions.then(j -> {
            services.introduce();
            WorkflowRun run =
                    start(j, "job", "cdnPurge cdn: GOTI, all: true; cdnPurge cdn: SCW, paths: ['/a']", "is pending");
            file[0] = run.getRootDir().toPath().resolve("cache-purge.json");
            Await.holds(
                    "the report is written",
                    () -> Files.exists(file[0]) && Files.readString(file[0]).contains("Scaleway"));
        });
        byte[] letter = "\n{\"id\":\"x\",\"service\":\"\u00fc".getBytes(StandardCharsets.UTF_8);
        Files.write(file[0], Arrays.copyOf(letter, letter.length - 1), StandardOpenOption.APPEND);
        Files.writeString(
                file[0], "\n{\"id\":\"\\ud800\",\"service\":\"\\ud800\"}\n\u0000\u0000", StandardOpenOption.APPEND);
        services.pass(Duration.ofHours(2));
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            List<OperationReport> reports =
                    run.getAction(CachePurgeAction.class).getOperations();
            assertEquals(
                    List.of("Gotipath CDN DONE", "Scaleway Edge Services DONE"),
                    reports.stream()
                            .map(report -> report.getService() + " " + report.getState())
                            .toList());
            j.createWebClient().withJavaScriptEnabled(false).getPage(run);
        });
    }

    private WorkflowRun start(org.jvnet.hudson.test.JenkinsRule j, String name, String jenkinsfile, String message)
            throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        new PipelineJobs(j, services).define(job, jenkinsfile);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage(message, run);
        return run;
    }

    /** A CDN of a plugin that an administrator changes while a step waits. */
    public static final class ChangingProvider extends CdnProvider {

        private static final long serialVersionUID = 1L;

        private final ScalewayProvider scw;
        private final int obstacle;

        @DataBoundConstructor
        public ChangingProvider(ScalewayProvider scw, int obstacle) {
            this.scw = scw;
            this.obstacle = obstacle;
        }

        public ScalewayProvider getScw() {
            return scw;
        }

        public int getObstacle() {
            return obstacle;
        }

        @Override
        public CdnTarget target(BuildContext context) {
            Throwable problem = changed ? OBSTACLES.get(obstacle).get() : null;
            if (problem instanceof Error error) {
                throw error;
            }
            if (problem instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            return scw.target(context);
        }

        @TestExtension
        @Symbol("changing")
        public static final class DescriptorImpl extends CdnProviderDescriptor {

            @Override
            public PurgeCapabilities capabilities() {
                return PurgeCapabilities.of(SelectionType.PATHS);
            }

            @NonNull
            @Override
            public String getDisplayName() {
                return "Changing";
            }
        }
    }
}
