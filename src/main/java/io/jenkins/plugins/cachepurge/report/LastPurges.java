package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.model.Job;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The last purge of each target of a job, in one file of the job's directory: its page loads no builds, and builds that were
 * discarded are not forgotten.
 *
 * @param job read for each access where its directory is, since a job can be moved
 */
public record LastPurges(Job<?, ?> job) {

    private static final String NAME = "cache-purge.json";
    private static final int MAX_TARGETS = 50;

    private static final Object WRITING = new Object();
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One of them.
     *
     * @param build number of the build
     * @param service such as "Fastly"
     * @param target such as "service X"
     * @param startedAt in milliseconds since 1970
     * @param text its result or failure
     */
    public record Purge(
            @JsonProperty("build") int build,
            @JsonProperty("service") ReportMessage service,
            @JsonProperty("kind") OperationKind kind,
            @JsonProperty("target") ReportMessage target,
            @JsonProperty("startedAt") long startedAt,
            @JsonProperty("state") ReportStatus state,
            @JsonProperty("text") ReportMessage text) {

        /** Its service, kind and target. */
        public ReportDescription description() {
            return new ReportDescription(service, kind, target);
        }

        private String place() {
            return String.join("\n", service.english(), kind.name(), target.english());
        }

        private boolean isComplete() {
            return description().isComplete() && state != null && text != null;
        }
    }

    private Path file() {
        return job.getRootDir().toPath().resolve(NAME);
    }

    /** Whether the job has purged something since it has the plugin. */
    public boolean isEmpty() {
        return !Files.exists(file());
    }

    /** All of them, the newest first; none if the file is damaged. */
    public List<Purge> list() throws IOException {
        try {
            return Stream.of(JSON.readValue(Files.readAllBytes(file()), Purge[].class))
                    .filter(Purge::isComplete)
                    .sorted(Comparator.comparingLong(Purge::startedAt).reversed())
                    .toList();
        } catch (NoSuchFileException | JsonProcessingException e) {
            return List.of();
        }
    }

    /** Adds what a build has purged. A dry run and what failed before its first request have purged nothing. */
    void add(int build, List<OperationReport> operations) throws IOException {
        List<Purge> added = operations.stream()
                .filter(operation -> operation.getDescription().kind().clears() && operation.getRequests() > 0)
                .map(operation -> purge(build, operation))
                .toList();
        if (added.isEmpty()) {
            return;
        }
        synchronized (WRITING) {
            Map<String, Purge> all = new LinkedHashMap<>();
            list().forEach(purge -> all.put(purge.place(), purge));
            added.forEach(purge -> all.merge(purge.place(), purge, LastPurges::later));
            write(all.values().stream()
                    .sorted(Comparator.comparingLong(Purge::startedAt).reversed())
                    .limit(MAX_TARGETS)
                    .toList());
        }
    }

    private static Purge purge(int build, OperationReport operation) {
        ReportDescription description = operation.getDescription();
        return new Purge(
                build,
                description.service(),
                description.kind(),
                description.target(),
                operation.getStartedAt(),
                operation.getState(),
                operation.getText());
    }

    /** Builds of a job may end in another order than they began. */
    private static Purge later(Purge one, Purge other) {
        return other.startedAt() >= one.startedAt() ? other : one;
    }

    private void write(List<Purge> purges) throws IOException {
        Path whole = file().resolveSibling(NAME + ".next");
        Files.write(whole, JSON.writeValueAsBytes(purges));
        Files.move(whole, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
