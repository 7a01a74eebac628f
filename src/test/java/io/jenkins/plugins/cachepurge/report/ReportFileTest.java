package io.jenkins.plugins.cachepurge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build's operations came to is still known after a crash at any byte. */
class ReportFileTest {

    private static final OperationDescription PURGE =
            OperationDescription.purge("Scaleway Edge Services", "pipeline 2");
    private static final OperationDescription CACHE =
            new OperationDescription("Buddy", OperationKind.CACHE, "pipeline 2 of acme/website");

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("cache-purge.json");
    }

    @Test
    void lastLineOfAnOperationCountsAndFirstGivesItsPlace() throws IOException {
        ReportFile file = new ReportFile(() -> directory);
        assertEquals(Map.of(), file.load());
        OperationReport first = begun(file, "1", PURGE);
        OperationReport second = begun(file, "2", PURGE);
        OperationReport third = begun(file, "3", CACHE);
        second.failed("no such pipeline");
        file.append(second);
        Map<String, OperationReport> read = new ReportFile(() -> directory).load();
        assertEquals(List.of("1", "2", "3"), List.copyOf(read.keySet()));
        assertTrue(read.get("1").isRunning());
        assertEquals(ReportStatus.FAILED, read.get("2").getState());
        assertEquals("no such pipeline", read.get("2").getMessage());
        assertEquals(second.getDuration(), read.get("2").getDuration());
        assertEquals(described(PURGE, PURGE, CACHE), subjects(read));
        file.replace(List.of(first, second, third));
        assertEquals(described(PURGE, PURGE, CACHE), subjects(new ReportFile(() -> directory).load()));
        assertEquals(4, Files.readAllLines(path).size(), "an empty line, and one each");
    }

    @Test
    void otherLinesAreReadWhereverALineIsCutOff() throws IOException {
        ReportFile file = new ReportFile(() -> directory);
        begun(file, "1", PURGE);
        long whole = Files.size(path);
        begun(file, "2", PURGE);
        byte[] all = Files.readAllBytes(path);
        for (long length = whole; length < all.length; length++) {
            Files.write(path, Arrays.copyOf(all, (int) length));
            assertEquals(
                    List.of("1"),
                    List.copyOf(new ReportFile(() -> directory).load().keySet()));
            begun(new ReportFile(() -> directory), "3", PURGE);
            Map<String, OperationReport> read = new ReportFile(() -> directory).load();
            assertEquals(List.of("1", "3"), List.copyOf(read.keySet()));
            assertEquals(described(PURGE, PURGE), subjects(read));
        }
    }

    @Test
    void entriesAreShort() throws IOException {
        ReportFile file = new ReportFile(() -> directory);
        List<OperationReport> many = new ArrayList<>();
        for (int i : IntStream.range(0, 100).toArray()) {
            many.add(begun(file, "id" + i, PURGE));
        }
        file.replace(many);
        assertTrue(Files.size(path) < 100 * 200, Files.size(path) + " bytes");
    }

    @Test
    void damagedLinesAreSkipped() throws IOException {
        ReportFile file = new ReportFile(() -> directory);
        begun(file, "1", PURGE);
        String good = Files.readAllLines(path).get(1);
        byte[] letter = "\n{\"id\":\"x\u00fc".getBytes(StandardCharsets.UTF_8);
        for (byte[] damaged : List.of(
                Arrays.copyOf(letter, letter.length - 1),
                "\nnull".getBytes(StandardCharsets.UTF_8),
                "\n[]".getBytes(StandardCharsets.UTF_8),
                "\n{}".getBytes(StandardCharsets.UTF_8),
                new byte[] {'\n', 0, 0, 0, (byte) 0xff, (byte) 0xfe},
                ("\n" + good.replace("RUNNING", "UNHEARD_OF").replace("\"1\"", "\"9\""))
                        .getBytes(StandardCharsets.UTF_8),
                ("\n" + good.replace("PURGE", "UNHEARD_OF").replace("\"1\"", "\"9\"")).getBytes(StandardCharsets.UTF_8),
                ("\n" + good.replace("\"target\"", "\"t\"").replace("\"1\"", "\"9\""))
                        .getBytes(StandardCharsets.UTF_8))) {
            Files.write(path, damaged, StandardOpenOption.APPEND);
        }
        begun(file, "2", CACHE);
        Map<String, OperationReport> read = new ReportFile(() -> directory).load();
        assertEquals(List.of("1", "2"), List.copyOf(read.keySet()));
        assertEquals(described(PURGE, CACHE), subjects(read));
    }

    @Test
    void anyTextCanBeWritten() throws IOException {
        ReportFile file = new ReportFile(() -> directory);
        OperationReport odd = begun(file, "1", OperationDescription.purge("a\ud800b", "\u00fc\u2028\ud83d\ude00"));
        odd.failed("half \udc00 of a character");
        file.append(odd);
        OperationReport read = new ReportFile(() -> directory).load().get("1");
        assertEquals("a\ufffdb", read.getService());
        assertEquals("\u00fc\u2028\ud83d\ude00", read.getTarget());
        assertEquals("half \ufffd of a character", read.getMessage());
    }

    private static OperationReport begun(ReportFile file, String id, OperationDescription subject) throws IOException {
        OperationReport report = new OperationReport(id, subject, Instant.now(), UnaryOperator.identity());
        file.append(report);
        return report;
    }

    private static List<String> described(OperationDescription... subjects) {
        return Stream.of(subjects).map(OperationDescription::toString).toList();
    }

    private static List<String> subjects(Map<String, OperationReport> reports) {
        return reports.values().stream()
                .map(report -> report.getDescription().toString())
                .toList();
    }
}
