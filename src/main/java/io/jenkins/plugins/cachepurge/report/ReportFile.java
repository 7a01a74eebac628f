package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * File with the operations of a build: a line of JSON whenever one begins or ends; the last line of an operation
 * counts. A damaged line is skipped.
 */
final class ReportFile {

    private static final String NAME = "cache-purge.json";

    /** ASCII only: no text, however odd, is refused by the encoding or cut inside a letter. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Supplier<Path> buildDirectory;

    /** @param buildDirectory called for each access, since a job can be moved */
    ReportFile(Supplier<Path> buildDirectory) {
        this.buildDirectory = buildDirectory;
    }

    /** Status of one operation. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String id,
            ReportMessage service,
            OperationKind kind,
            ReportMessage target,
            long startedAt,
            long endedAt,
            int requests,
            int done,
            int total,
            ReportStatus state,
            ReportMessage text,
            String link,
            List<PartReport> parts,
            String details,
            RequestTimeline.Snapshot timeline) {

        ReportDescription description() {
            return new ReportDescription(service, kind, target);
        }

        private boolean isComplete() {
            return id != null && description().isComplete() && state != null && text != null;
        }
    }

    private Path file() {
        return buildDirectory.get().resolve(NAME);
    }

    void append(OperationReport operation) throws IOException {
        Files.write(file(), line(operation), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The line break comes first: a line that was cut off spoils no other. */
    private static byte[] line(OperationReport operation) throws JsonProcessingException {
        return ("\n" + JSON.writeValueAsString(operation.entry())).getBytes(StandardCharsets.US_ASCII);
    }

    /** Replaces the file by one line for each operation. */
    void replace(Collection<OperationReport> operations) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (OperationReport operation : operations) {
            lines.add(line(operation));
        }
        Path file = file();
        Path whole = file.resolveSibling(NAME + ".next");
        Files.write(whole, concatenated(lines));
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] concatenated(List<byte[]> lines) {
        ByteBuffer all =
                ByteBuffer.allocate(lines.stream().mapToInt(line -> line.length).sum());
        lines.forEach(all::put);
        return all.array();
    }

    /** @return each operation as last written, by its id, in the order in which they began; without damaged lines */
    Map<String, OperationReport> load() throws IOException {
        Map<String, OperationReport> operations = new LinkedHashMap<>();
        for (ByteBuffer line : lines()) {
            read(line).ifPresent(entry -> operations.put(entry.id(), new OperationReport(entry)));
        }
        return operations;
    }

    private List<ByteBuffer> lines() throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file());
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<ByteBuffer> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == '\n') {
                lines.add(ByteBuffer.wrap(all, start, i - start));
                start = i + 1;
            }
        }
        return lines;
    }

    private static Optional<Entry> read(ByteBuffer line) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.ofNullable(JSON.readValue(text, Entry.class)).filter(Entry::isComplete);
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
