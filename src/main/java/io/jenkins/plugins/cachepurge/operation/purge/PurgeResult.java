package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Result of a purge.
 *
 * @param provider the CDN's symbol, such as {@code scaleway}
 * @param target the purged part of the CDN, such as the id of a pipeline or distribution
 * @param status the service's status, {@link #ACCEPTED} if it has none, {@link #DRY_RUN} if nothing was sent
 * @param selection what was purged
 * @param requests those that have an id, in their order; those that ended alike without one are one entry
 * @param statuses how many requests ended with which status
 * @param notes what else a person should know, such as "3 paths on the bill"
 * @param layers the results of the layers of a site, in their order; empty for a single CDN
 * @param notCached the first of what was not cached anywhere, at most {@link #MAX_NOT_CACHED}; empty if the service does
 *     not tell
 * @param warnings what a person should check
 */
public record PurgeResult(
        String provider,
        String target,
        String status,
        SelectionSummary selection,
        List<RequestResult> requests,
        StatusCounts statuses,
        List<LocalizedText> notes,
        List<PurgeResult> layers,
        List<String> notCached,
        List<LocalizedText> warnings)
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
        notes = List.copyOf(notes);
        layers = List.copyOf(layers);
        notCached = notCached.stream().limit(MAX_NOT_CACHED).toList();
        warnings = List.copyOf(warnings);
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
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The result of a purge whose requests a tally has kept. */
    public PurgeResult(String provider, String target, String status, PurgeSelection selection, PurgeTally tally) {
        this(provider, target, status, selection, tally.requests(), tally.statuses());
    }

    /** The result of a purge without a list of requests. */
    public PurgeResult(String provider, String target, String status, PurgeSelection selection) {
        this(provider, target, status, selection, List.of(), StatusCounts.NONE);
    }

    /** The same with a note for people. */
    public PurgeResult withNote(LocalizedText note) {
        return new PurgeResult(
                provider, target, status, selection, requests, statuses, List.of(note), layers, notCached, warnings);
    }

    /** The same with what was not cached, and what a person should check about that. */
    public PurgeResult withNotCached(List<String> values, List<LocalizedText> warnings) {
        return new PurgeResult(
                provider, target, status, selection, requests, statuses, notes, layers, values, warnings);
    }

    /** The result of a site with these layers. */
    public PurgeResult withLayers(List<PurgeResult> results) {
        List<LocalizedText> warnings =
                results.stream().flatMap(result -> result.warnings().stream()).toList();
        return new PurgeResult(
                provider, target, status, selection, requests, statuses, notes, results, notCached, warnings);
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
    public Optional<LocalizedText> warning() {
        return LocalizedText.joined("text.sentences", warnings.stream());
    }

    @Override
    public LocalizedText summary() {
        return summary(selection.text());
    }

    /** The summary with another text for what was purged, such as "9 pages". */
    public LocalizedText summary(LocalizedText purged) {
        LocalizedText ended = LocalizedText.of("text.value", requested(purged), PurgeStatusText.of(status));
        LocalizedText counted = statuses.isMixed() ? LocalizedText.of("text.detail", ended, statuses.text()) : ended;
        LocalizedText whole = layers.isEmpty() ? counted : LocalizedText.of("text.detail", counted, ofLayers());
        return LocalizedText.list(Stream.concat(Stream.of(whole), notes.stream()));
    }

    private LocalizedText ofLayers() {
        return LocalizedText.list(layers.stream()
                .map(layer -> LocalizedText.of("text.value", layer.provider(), PurgeStatusText.of(layer.status()))));
    }

    private LocalizedText requested(LocalizedText purged) {
        if (status.equals(DRY_RUN)) {
            return LocalizedText.of("purge.nothingSent", purged);
        }
        return switch (statuses.total()) {
            case 0 -> purged;
            case 1 -> LocalizedText.of("purge.oneRequest", purged);
            default -> LocalizedText.of("purge.requests", purged, statuses.total());
        };
    }
}
