package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.Checkpoint;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StateFileTest {

    @TempDir
    private Path directory;

    @Test
    void thousandsOfPathsAreNotWrittenEachTime(JenkinsRule j) throws Exception {
        PurgeInTurn begun = purge(10_000);
        Checkpoint<PurgeResult> checkpoint = Checkpoint.start(
                new PurgeInTurn(begun.plan(), Collections.nCopies(7, PurgeResult.Request.accepted(100))),
                Duration.ofMinutes(5),
                Instant.EPOCH);
        file(begun).save(checkpoint);
        try (var files = Files.list(directory)) {
            assertTrue(Files.size(files.findFirst().orElseThrow()) < 2_000);
        }
        assertEquals(Optional.of(checkpoint), file(purge(10_000)).load());
    }

    @Test
    void aStateOfOtherParametersIsRefused(JenkinsRule j) throws Exception {
        PurgeInTurn begun = purge(3);
        file(begun).save(Checkpoint.start(begun, Duration.ofMinutes(5), Instant.EPOCH));
        assertThrows(IOException.class, () -> file(purge(4)).load());
    }

    private StateFile<PurgeResult> file(PurgeInTurn begun) {
        return new StateFile<>(directory, "one", begun);
    }

    private static PurgeInTurn purge(int paths) {
        List<String> all = IntStream.range(0, paths).mapToObj(i -> "/" + i).toList();
        GotipathClient client = new GotipathClient(ApiUrl.of("https://apistream.gotipath.com"));
        return new PurgeInTurn(new GotipathPurge(client, "id", "url", new Batches(new PurgeSelection.Paths(all), 100)));
    }
}
