package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Result;
import hudson.remoting.DelegatingCallable;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.manifest.UnreadableDirectoryException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.remoting.RoleChecker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** An agent may send anything: nothing is purged, and the controller says in one line why. */
@ExtendWith(SharedJenkins.class)
class LyingAgentTest {

    private final PurgedCache cache = new PurgedCache();

    /** What the agent sends instead of the truth. */
    enum Lie {
        OTHER_TYPE("it is missing"),
        NOTHING("it is missing"),
        NO_MANIFEST("it is missing"),
        NO_BYTES("it ends early"),
        CUT_OFF("its length is wrong"),
        PARENT("the path '../../../etc/passwd' is not valid"),
        PROBLEM("dir: one line other"),
        CRASH("IllegalStateException: a b");

        private final String message;

        Lie(String message) {
            this.message = message;
        }
    }

    /** Runs in place of what the plugin sent. */
    @TestExtension
    public static final class Liar extends FilePath.FileCallableWrapperFactory {

        static volatile Lie lie;

        @Override
        public <T> DelegatingCallable<T, IOException> wrap(DelegatingCallable<T, IOException> callable) {
            return lie == null ? callable : new LyingCall<>(callable, lie);
        }
    }

    private record LyingCall<T>(DelegatingCallable<T, IOException> honest, Lie lie)
            implements DelegatingCallable<T, IOException> {

        @Override
        @SuppressWarnings("unchecked")
        public T call() throws IOException {
            Object truth = honest.call();
            if (!(truth instanceof DirectoryListing)) {
                return (T) truth;
            }
            return switch (lie) {
                case OTHER_TYPE -> (T) "a text";
                case NOTHING -> null;
                case NO_MANIFEST -> (T) forged(truth, null);
                case NO_BYTES -> (T) forged(truth, new byte[0]);
                case CUT_OFF -> (T) forged(truth, Arrays.copyOf(bytes(truth), bytes(truth).length - 1));
                case PARENT -> (T) forged(truth, parent(bytes(truth)));
                case PROBLEM ->
                    throw new UnreadableDirectoryException("one line\nother \u001b[2Jline".replace("[2J", ""));
                case CRASH -> throw new IllegalStateException("a\nb");
            };
        }

        private static byte[] parent(byte[] honest) {
            assertTrue(honest.length > 0);
            return ForgedManifests.of("../../../etc/passwd");
        }

        private static Object forged(Object listing, byte[] manifest) {
            try {
                field().set(listing, manifest);
                return listing;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static byte[] bytes(Object listing) {
            try {
                return (byte[]) field().get(listing);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static Field field() throws ReflectiveOperationException {
            Field field = DirectoryListing.class.getDeclaredField("manifest");
            field.setAccessible(true);
            return field;
        }

        @Override
        public ClassLoader getClassLoader() {
            return LyingAgentTest.class.getClassLoader();
        }

        @Override
        public void checkRoles(RoleChecker checker) {
            // Whoever sends it here may.
        }
    }

    @AfterEach
    void stop() {
        Liar.lie = null;
        cache.close();
    }

    @Test
    void nothingIsPurgedAndTheReasonIsGiven(JenkinsRule j) throws Exception {
        cache.approve();
        DumbSlave agent = j.createOnlineSlave();
        WorkflowJob job = j.createProject(WorkflowJob.class, "site");
        job.setDefinition(new CpsFlowDefinition(
                "node('%s') { cdnPurge cdn: %s, changes: changedFiles('dist') }"
                        .formatted(agent.getNodeName(), cache.cdn()),
                true));
        agent.getWorkspaceFor(job).child("dist/a.html").write("1", "UTF-8");
        for (Lie lie : Lie.values()) {
            Liar.lie = lie;
            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
            String error = PipelineJobs.error(run);
            assertTrue(error.contains(lie.message), () -> lie + ": " + error);
            assertFalse(error.contains("\u001b"), error);
        }
        assertEquals(Set.of(), cache.purged());
        Liar.lie = null;
        j.buildAndAssertSuccess(job);
        assertEquals(Set.of("/*"), cache.purged());
    }
}
