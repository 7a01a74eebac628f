package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Result of a purge.
 *
 * @param provider the CDN's symbol, such as {@code scaleway}
 * @param target the purged part of the CDN, such as the id of a pipeline or distribution
 * @param status the service's status, {@link #ACCEPTED} if it has none, {@link #DRY_RUN} if nothing was sent
 * @param selection what was purged
 * @param requests those that have an id, in their order; those that ended alike without one are one entry
 * @param statuses how many requests ended with which status
 * @param note what else a person should know, such as "3 paths on the bill"; empty for nothing
 * @param layers the results of the layers of a site, in their order; empty for a single CDN
 * @param notCached the first of what was not cached anywhere, at most {@link #MAX_NOT_CACHED}; empty if the service does
 *     not tell
 * @param warningText what a person should check; empty for nothing
 */
public record PurgeResult(
        String provider,
        String target,
        String status,
        SelectionSummary selection,
        List<RequestResult> requests,
        StatusCounts statuses,
        String note,
        List<PurgeResult> layers,
        List<String> notCached,
        String warningText)
        implements OperationResult {

    /** Maximum length of a list of what was not cached. */
    public static final int MAX_NOT_CACHED = 100;

    /** The status of a request that a service accepted without giving it one. */
    public static final String ACCEPTED = "accepted";

    /** The status of a purge of which nothing was sent. */
    public static final String DRY_RUN = "dryRun";

    /** The status of a purge that had nothing to do. */
    public static final String UNCHANGED = "unchanged";

    /**
     * One request of a purge, or several that ended alike.
     *
     * @param id the service's, or null if it gives none
     * @param status the service's status, or {@link #ACCEPTED}
     * @param count how many paths, URLs, tags … it is for; 0 for everything
     */
    public record RequestResult(String id, String status, int count) implements Serializable {

        /** A request that a service accepted without saying more. */
        public static RequestResult accepted(int count) {
            return new RequestResult(null, ACCEPTED, count);
        }

        RequestResult withoutId() {
            return new RequestResult(null, status, count);
        }
    }

    public PurgeResult {
        requests = List.copyOf(requests);
        layers = List.copyOf(layers);
        notCached = notCached.stream().limit(MAX_NOT_CACHED).toList();
    }

    /** The result of the purge of a single CDN. */
    public PurgeResult(
            String provider,
            String target,
            String status,
            PurgeSelection selection,
            List<RequestResult> requests,
            StatusCounts statuses) {
        this(
                provider,
                target,
                status,
                SelectionSummary.of(selection),
                requests,
                statuses,
                "",
                List.of(),
                List.of(),
                "");
    }

    /** The result of a purge whose requests a tally has kept. */
    public PurgeResult(String provider, String target, String status, PurgeSelection selection, PurgeTally tally) {
        this(provider, target, status, selection, tally.requests(), tally.statuses());
    }

    /** The result of a purge without a list of requests. */
    public PurgeResult(String provider, String target, String status, PurgeSelection selection) {
        this(provider, target, status, selection, List.of(), StatusCounts.NONE);
    }

    /** The same with a note for the console. */
    public PurgeResult withNote(String note) {
        return new PurgeResult(
                provider, target, status, selection, requests, statuses, note, layers, notCached, warningText);
    }

    /** The same with what was not cached, and what a person should check about that. */
    public PurgeResult withNotCached(List<String> values, String warning) {
        return new PurgeResult(provider, target, status, selection, requests, statuses, note, layers, values, warning);
    }

    /** The result of a site with these layers. */
    public PurgeResult withLayers(List<PurgeResult> results) {
        String warnings = results.stream()
                .map(PurgeResult::warningText)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return new PurgeResult(
                provider, target, status, selection, requests, statuses, note, results, notCached, warnings);
    }

    @Override
    public Serializable toPipelineValue() {
        return new PurgeResultMap(this, null, null);
    }

    @Override
    public Serializable toPipelineValue(Instant startedAt) {
        return new PurgeResultMap(this, startedAt.toEpochMilli(), null);
    }

    /**
     * The value of a purge that was verified.
     *
     * @param startedAt by the clock of Jenkins
     * @param verified number of pages
     */
    public Serializable toPipelineValue(Instant startedAt, int verified) {
        return new PurgeResultMap(this, startedAt.toEpochMilli(), verified);
    }

    @Override
    public Optional<String> warning() {
        return Optional.of(warningText).filter(text -> !text.isEmpty());
    }

    @Override
    public String summary() {
        return summary(selection.text());
    }

    /** The summary with another text for what was purged, such as "9 pages". */
    public String summary(String purged) {
        return "%s%s: %s%s%s%s"
                .formatted(purged, requested(), status, mixed(), ofLayers(), note.isEmpty() ? "" : ", " + note);
    }

    private String ofLayers() {
        return layers.isEmpty()
                ? ""
                : layers.stream()
                        .map(layer -> "%s: %s".formatted(layer.provider(), layer.status()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** Numbers of requests by their status, if there are several. */
    private String mixed() {
        return statuses.isMixed() ? " (%s)".formatted(statuses) : "";
    }

    private String requested() {
        if (status.equals(DRY_RUN)) {
            return ", nothing sent";
        }
        return switch (statuses.total()) {
            case 0 -> "";
            case 1 -> " in one request";
            default -> String.format(Locale.ROOT, " in %,d requests", statuses.total());
        };
    }
}
