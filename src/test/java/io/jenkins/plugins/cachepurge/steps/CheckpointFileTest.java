package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.engine.CheckpointEntry;
import io.jenkins.plugins.cachepurge.engine.PartPath;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.SubmittedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What was saved of an operation is still known after a crash at any byte. */
@ExtendWith(SharedJenkins.class)
class CheckpointFileTest {

    private static final CheckpointEntry SENT = new CheckpointEntry.Sent(PartPath.ROOT.child(3), 1_700_000_000_000L);
    private static final CheckpointEntry PROGRESS = new CheckpointEntry.Progress(5_000, 7);

    @TempDir
    private Path directory;

    /** Jenkins decides which classes may be read. */
    @BeforeEach
    void jenkins(JenkinsRule j) {
        assertFalse(j.jenkins.isTerminating());
    }

    @Test
    void entriesOfEachKindAreReadAsTheyWereWritten() throws IOException {
        List<CheckpointEntry> entries = List.of(
                SENT,
                new CheckpointEntry.Changed(PartPath.ROOT, new SucceededState<>("done"), true),
                new CheckpointEntry.Succeeded(
                        PartPath.ROOT,
                        List.of(
                                new CheckpointEntry.EqualResults(
                                        PurgeResult.RequestResult.accepted(5), List.of(0, 7, 9, 10)),
                                new CheckpointEntry.EqualResults(
                                        new SubmittedRequest("id", "pending", RemoteStatus.IN_PROGRESS),
                                        List.of(7, 8)))),
                PROGRESS);
        file().append(entries, true);
        assertEquals(entries, file().load());
    }

    @Test
    void problemsAreReadWithTheirMessage() throws IOException {
        ApiException problem = ApiException.failed("Fastly", "purge it", "could not", "Ask it.");
        PartFailures.Failure failure = new PartFailures.Failure(2, problem);
        file().append(List.of(new CheckpointEntry.Failed(PartPath.ROOT, List.of(failure), List.of(3, 9))), false);
        CheckpointEntry.Failed saved = (CheckpointEntry.Failed) file().load().get(0);
        assertEquals(List.of(3, 9), saved.ranges());
        ApiException read = saved.listed().get(0).problem();
        assertEquals(problem.getMessage(), read.getMessage());
        assertEquals(problem.kind(), read.kind());
    }

    @Test
    void recordsAreReadInTheirOrder() throws IOException {
        CheckpointFile file = file();
        List<CheckpointEntry> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<CheckpointEntry> more = List.of(SENT, new CheckpointEntry.Progress(i, i));
            file.append(more, i % 2 == 0);
            all.addAll(more);
            assertEquals(all, file().load());
        }
    }

    @Test
    void noFileAndAnEmptyFileAreNothingSaved() throws IOException {
        assertEquals(List.of(), file().load());
        Files.write(path(), new byte[0]);
        CheckpointFile file = file();
        assertEquals(List.of(), file.load());
        file.append(List.of(SENT), true);
        assertEquals(List.of(SENT), file().load());
    }

    @Test
    void recordThatWasCutOffIsReplacedByTheNext() throws IOException {
        CheckpointFile file = file();
        file.append(List.of(SENT), true);
        long first = Files.size(path());
        file.append(List.of(PROGRESS), false);
        byte[] both = Files.readAllBytes(path());
        for (int length = (int) first; length < both.length; length++) {
            Files.write(path(), Arrays.copyOf(both, length));
            CheckpointFile resumed = file();
            assertEquals(List.of(SENT), resumed.load(), "cut at " + length);
            resumed.append(List.of(PROGRESS), false);
            assertEquals(List.of(SENT, PROGRESS), file().load(), "cut at " + length);
        }
    }

    @Test
    void damagedRecordEndsTheCheckpoint() throws IOException {
        CheckpointFile file = file();
        file.append(List.of(SENT), true);
        int first = (int) Files.size(path());
        file.append(List.of(PROGRESS), false);
        byte[] both = Files.readAllBytes(path());
        for (int i = first; i < both.length; i++) {
            byte[] damaged = both.clone();
            damaged[i] ^= 0x10;
            Files.write(path(), damaged);
            assertEquals(List.of(SENT), file().load(), "damaged at " + i);
        }
    }

    @Test
    void failedWriteLeavesNoHalfRecord() throws IOException {
        CheckpointFile file = file();
        file.append(List.of(SENT), true);
        Files.write(path(), new byte[] {1, 2, 3}, java.nio.file.StandardOpenOption.APPEND);
        file.append(List.of(PROGRESS), false);
        assertEquals(List.of(SENT, PROGRESS), file().load());
    }

    @Test
    void fileFollowsAMovedBuild() throws IOException {
        Path[] current = {directory.resolve("old")};
        Files.createDirectory(current[0]);
        CheckpointFile file = new CheckpointFile(() -> current[0], "one");
        file.append(List.of(SENT), true);
        Path moved = directory.resolve("new");
        Files.move(current[0], moved);
        current[0] = moved;
        file.append(List.of(PROGRESS), false);
        assertEquals(List.of(SENT, PROGRESS), new CheckpointFile(() -> moved, "one").load());
    }

    @Test
    void buildThatIsBeingMovedIsWaitedFor() throws Exception {
        Path moved = directory.resolve("new");
        CheckpointFile file = new CheckpointFile(() -> moved, "one");
        Thread mover = new Thread(() -> moved.toFile().mkdir());
        Thread delayed = new Thread(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                return;
            }
            mover.start();
        });
        delayed.start();
        file.append(List.of(SENT), true);
        delayed.join();
        mover.join();
        assertEquals(List.of(SENT), new CheckpointFile(() -> moved, "one").load());
    }

    @Test
    void writeToABuildThatIsGoneFails() {
        CheckpointFile file = new CheckpointFile(() -> directory.resolve("gone"), "one");
        assertThrows(IOException.class, () -> file.append(List.of(SENT), true));
    }

    @Test
    void recordsAreSmall() throws IOException {
        file().append(List.of(SENT, PROGRESS), false);
        assertTrue(Files.size(path()) < 600, Files.size(path()) + " bytes");
    }

    private Path path() {
        return directory.resolve("cache-purge-one.ser");
    }

    private CheckpointFile file() {
        return new CheckpointFile(() -> directory, "one");
    }
}
