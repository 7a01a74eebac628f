package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of a build, a line whenever one begins or ends. Beside build.xml, since that is written again whenever a
 * branch of a Pipeline ends: what each branch did would be written as often as there are branches. Not safe for several
 * threads at once.
 */
final class ReportFile {

    private static final String NAME = "cache-purge.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private OperationDescription lastWritten;

    ReportFile(Path buildDirectory) {
        file = buildDirectory.resolve(NAME);
    }

    /**
     * One operation.
     *
     * @param subject null where it is that of the line before
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String id,
            OperationDescription subject,
            long startedAt,
            long endedAt,
            int requests,
            OperationReport.Status state,
            String message,
            String link) {}

    boolean exists() {
        return Files.exists(file);
    }

    void append(OperationReport operation) throws IOException {
        Files.writeString(file, next(operation), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The line break comes first: a line that a crash cut off spoils no other. */
    private String next(OperationReport operation) throws IOException {
        String line = "\n" + JSON.writeValueAsString(operation.line(lastWritten));
        lastWritten = operation.subject();
        return line;
    }

    /** Writes one line an operation, and nothing of what the file held. */
    void replace(Collection<OperationReport> operations) throws IOException {
        lastWritten = null;
        StringBuilder text = new StringBuilder();
        for (OperationReport operation : operations) {
            text.append(next(operation));
        }
        Path whole = file.resolveSibling(NAME + ".next");
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return each operation as last written, by its id, in the order in which they began */
    Map<String, OperationReport> load() throws IOException {
        Map<String, OperationReport> operations = new LinkedHashMap<>();
        OperationDescription subject = null;
        for (String text : Files.readAllLines(file)) {
            Optional<Entry> read = read(text);
            if (read.isPresent()) {
                Entry line = read.get();
                subject = line.subject() == null ? subject : line.subject();
                operations.put(line.id(), new OperationReport(line, subject));
            }
        }
        return operations;
    }

    private static Optional<Entry> read(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(text, Entry.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
