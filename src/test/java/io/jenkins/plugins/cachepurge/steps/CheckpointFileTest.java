package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.engine.Checkpoint;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CheckpointFileTest {

    @TempDir
    private Path directory;

    @Test
    void thousandsOfPathsAreNotWrittenEachTime(JenkinsRule j) throws Exception {
        SequentialPurge begun = purge(10_000);
        Checkpoint<PurgeResult> checkpoint = Checkpoint.start(
                new SequentialPurge(begun.plan(), Collections.nCopies(7, PurgeResult.RequestResult.accepted(100))),
                Duration.ofMinutes(5),
                Instant.EPOCH);
        file(begun).save(checkpoint);
        assertTrue(Files.size(path()) < 2_000);
        assertEquals(Optional.of(checkpoint), file(purge(10_000)).load());
    }

    @Test
    void aStateOfOtherParametersIsRefused(JenkinsRule j) throws Exception {
        SequentialPurge begun = purge(3);
        file(begun).save(Checkpoint.start(begun, Duration.ofMinutes(5), Instant.EPOCH));
        assertThrows(IOException.class, () -> file(purge(4)).load());
    }

    @Test
    void theLastStateCounts(JenkinsRule j) throws Exception {
        SequentialPurge begun = purge(3);
        CheckpointFile<PurgeResult> file = file(begun);
        for (int requests = 0; requests < 5; requests++) {
            file.save(after(begun, requests));
            assertEquals(Optional.of(after(begun, requests)), file(begun).load());
        }
    }

    @Test
    void aStateThatWasCutOffDoesNotCount(JenkinsRule j) throws Exception {
        SequentialPurge begun = purge(3);
        CheckpointFile<PurgeResult> file = file(begun);
        file.save(after(begun, 1));
        byte[] first = Files.readAllBytes(path());
        file.save(after(begun, 2));
        byte[] both = Files.readAllBytes(path());
        for (int length = first.length; length < both.length; length++) {
            Files.write(path(), Arrays.copyOf(both, length));
            assertEquals(Optional.of(after(begun, 1)), file(begun).load(), "cut at " + length);
        }
        CheckpointFile<PurgeResult> resumed = file(begun);
        resumed.load();
        resumed.save(after(begun, 3));
        assertEquals(Optional.of(after(begun, 3)), file(begun).load());
    }

    @Test
    void theFileDoesNotGrowForEver(JenkinsRule j) throws Exception {
        SequentialPurge begun = purge(3);
        CheckpointFile<PurgeResult> file = file(begun);
        for (int requests = 0; requests < 500; requests++) {
            file.save(after(begun, requests));
            assertTrue(Files.size(path()) <= 1 << 16);
        }
        assertEquals(Optional.of(after(begun, 499)), file(begun).load());
    }

    private static Checkpoint<PurgeResult> after(SequentialPurge begun, int requests) {
        return new Checkpoint<>(begun, Instant.EPOCH, Duration.ofMinutes(5), null, requests);
    }

    private Path path() throws IOException {
        try (var files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    private CheckpointFile<PurgeResult> file(SequentialPurge begun) {
        return new CheckpointFile<>(directory, "one", begun);
    }

    private static SequentialPurge purge(int paths) {
        List<String> all = IntStream.range(0, paths).mapToObj(i -> "/" + i).toList();
        GotipathClient client = new GotipathClient(ApiUrl.of("https://apistream.gotipath.com"));
        return new GotipathPurge(client, "id", "url", new Batches(new PurgeSelection(SelectionType.PATHS, all), 100)).operation();
    }
}
