package io.jenkins.plugins.cachepurge.operation;

import static io.jenkins.plugins.cachepurge.operation.InputTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeSelectionTest {

    @Test
    void isPathsOrEverything() {
        assertEquals(new PurgeSelection.Everything(), PurgeSelection.of(null, true));
        assertEquals(new PurgeSelection.Paths(List.of("/a")), PurgeSelection.of(List.of("/a"), false));
    }

    /** An empty list beside all is a mistake, too: one of the two was not meant. */
    @Test
    void isNotBoth() {
        for (List<String> paths : List.of(List.of("/a"), List.<String>of())) {
            assertRefused(
                    "paths: cannot be combined with all: true; choose one of them",
                    () -> PurgeSelection.of(paths, true));
        }
    }

    @Test
    void isNotNothing() {
        assertRefused(
                "paths: is missing; name the paths to purge, or set all: true", () -> PurgeSelection.of(null, false));
        assertRefused(
                "paths: must name at least one path, or set all: true", () -> PurgeSelection.of(List.of(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/a b", "/ä?x=1&y=2#z", "/a//b", "/img/*", "/..", "/http://x", "/ "})
    void aPathStartsAtTheRoot(String path) {
        assertEquals(1, PurgeSelection.of(List.of(path), false).count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "//host",
                "//host/path",
                "https://host/path",
                "http://host",
                "host.example/path",
                "*",
                "?x",
                " /a",
                "\\a",
                "./a"
            })
    void withoutSchemeAndHost(String path) {
        assertRefused(
                "paths: path 2 '%s' must be a path from the root, as /index.html, without scheme and host"
                        .formatted(path),
                () -> PurgeSelection.of(List.of("/good", path), false));
    }

    @ParameterizedTest
    @CsvSource({
        "'/a\nb', /a?b",
        "'/a\r\n', /a??",
        "'/\u0000', /?",
        "'/\u001b[31m', /?[31m",
        "'/\u0085', /?",
        "'/\u2028', /?",
        "'/\u202e', /?",
        "'/a\tb', /a?b"
    })
    void withoutWhatCannotBeSeen(String path, String shown) {
        assertRefused(
                "paths: path 1 '%s' must not hold line breaks or control characters".formatted(shown),
                () -> PurgeSelection.of(List.of(path), false));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void withoutGaps(String path) {
        assertRefused("paths: path 3 is empty", () -> PurgeSelection.of(Arrays.asList("/a", "/b", path, "/d"), false));
    }

    @Test
    void keepsWhatItWasGiven() {
        List<String> mutable = new ArrayList<>(List.of("/b", "/a", "/b"));
        PurgeSelection.Paths paths = new PurgeSelection.Paths(mutable);
        mutable.clear();
        assertEquals(List.of("/b", "/a", "/b"), paths.paths());
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 1", "5, 5, 1", "6, 5, 2", "11, 5, 3", "100, 100, 1", "101, 100, 2", "3, 1, 3", "2, 1000, 1"})
    void isCutIntoAsFewRequestsAsAllowed(int paths, int perRequest, int requests) {
        List<String> all = ScalewayStage.paths(0, paths);
        Batches batches = new Batches(new PurgeSelection.Paths(all), perRequest);
        assertEquals(requests, batches.count());
        List<String> together = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            together.addAll(batches.paths(i));
        }
        assertEquals(all, together);
    }

    @Test
    void everythingIsOneRequestWithoutPaths() {
        Batches batches = new Batches(new PurgeSelection.Everything(), 5);
        assertEquals(1, batches.count());
        assertEquals(List.of(), batches.paths(0));
    }
}
