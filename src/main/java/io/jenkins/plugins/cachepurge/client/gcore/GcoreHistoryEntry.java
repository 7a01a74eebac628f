package io.jenkins.plugins.cachepurge.client.gcore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entry of Gcore's history of purges.
 *
 * @param status {@code In progress}, {@code Successful}, {@code Failed}, {@code Status report disabled}, or a new one
 * @param resource the CDN resource
 * @param payload the purged paths: an object with {@code urls} or {@code paths}, or a list of such
 * @param created ISO 8601, in some examples with a space for the T; may be null
 * @param purgeType one of {@link GcorePurgeType}, or a new one; may be null
 */
public record GcoreHistoryEntry(
        long purgeId, String status, Resource resource, JsonNode payload, String created, String purgeType) {

    /** @param id of the CDN resource */
    public record Resource(long id) {}

    public GcoreHistoryEntry {
        if (purgeId < 1 || status == null || status.isBlank() || resource == null) {
            throw new IllegalArgumentException("a purge without purge_id, status or resource");
        }
    }

    /** The meaning of the status. */
    public RemoteStatus remoteStatus() {
        return switch (status) {
            case "In progress" -> RemoteStatus.IN_PROGRESS;
            case "Successful" -> RemoteStatus.SUCCEEDED;
            case "Failed" -> RemoteStatus.FAILED;
            case "Status report disabled" -> RemoteStatus.NOT_REPORTED;
            default -> RemoteStatus.UNKNOWN;
        };
    }

    /** When Gcore accepted it; empty if Gcore does not report it. */
    public Optional<Instant> createdAt() {
        try {
            return Optional.ofNullable(created)
                    .map(text -> text.replace(' ', 'T'))
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The paths and patterns that it is for, without the scheme and host that some examples have; none for everything. */
    public Set<String> values() {
        Set<String> values = new TreeSet<>();
        collect(payload, values);
        return values;
    }

    private static void collect(JsonNode part, Set<String> values) {
        if (part == null) {
            return;
        }
        if (part.isTextual()) {
            values.add(path(part.textValue()));
            return;
        }
        if (part.isArray()) {
            part.forEach(item -> collect(item, values));
            return;
        }
        collect(part.get("urls"), values);
        collect(part.get("paths"), values);
    }

    private static String path(String url) {
        int host = url.indexOf("://");
        if (host < 0 || url.startsWith("/")) {
            return url;
        }
        int path = url.indexOf('/', host + "://".length());
        return path < 0 ? "/" : url.substring(path);
    }
}
