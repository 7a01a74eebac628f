package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCounts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Outcomes at all instances of a cache, and what follows from them.
 *
 * @param instances names of the instances
 * @param outcomes of the instances, in their order
 */
record CachePurgeResult(HttpCachePurge purge, List<String> instances, List<OutcomeCounts> outcomes) {

    /** Whether nothing at all was cached. */
    private boolean isNothingCached() {
        return outcomes.stream().allMatch(OutcomeCounts::isNothingCached);
    }

    /** Whether that is a failure. */
    boolean isFailure() {
        return purge.options().notCached() == NotCached.FAIL && isNothingCached();
    }

    ApiException failure() {
        return ApiException.failed(
                purge.client().service(),
                "purge %s at %s".formatted(selection(), target()),
                "found nothing cached",
                advice().toString());
    }

    PurgeResult result() {
        List<PurgeResult.RequestResult> requests = new ArrayList<>();
        Map<String, Long> statuses = new LinkedHashMap<>();
        for (int i = 0; i < instances.size(); i++) {
            String instance = instances.get(i);
            outcomes.get(i)
                    .counts()
                    .forEach((outcome, count) -> statuses.merge(outcome.toString(), (long) count, Long::sum));
            outcomes.get(i)
                    .units()
                    .forEach((outcome, units) -> requests.add(new PurgeResult.RequestResult(
                            instance, outcome.toString(), selection().isAll() ? 0 : units)));
        }
        return new PurgeResult(purge.provider(), target(), status(), selection(), requests, new StatusCounts(statuses))
                .withNotCached(notCached(), warnings());
    }

    private PurgeSelection selection() {
        return purge.scopes().selection();
    }

    private String target() {
        return String.join(", ", instances);
    }

    private String status() {
        Set<PurgeOutcome> all = outcomes.stream()
                .flatMap(each -> each.counts().keySet().stream())
                .collect(Collectors.toSet());
        return (all.size() == 1 ? all.iterator().next() : PurgeOutcome.PURGED).toString();
    }

    /** What no instance had. */
    private List<String> notCached() {
        BitSet everywhere = (BitSet) outcomes.get(0).notCached().clone();
        outcomes.forEach(each -> everywhere.and(each.notCached()));
        return everywhere.stream()
                .limit(PurgeResult.MAX_NOT_CACHED)
                .mapToObj(purge.scopes()::values)
                .flatMap(List::stream)
                .toList();
    }

    private List<LocalizedText> warnings() {
        return purge.options().notCached() == NotCached.WARN && isNothingCached()
                ? List.of(LocalizedText.of(
                        "caches.nothingCached",
                        purge.client().service(),
                        selection().text(),
                        advice()))
                : List.of();
    }

    private LocalizedText advice() {
        return selection().type() == SelectionType.TAGS
                ? LocalizedText.of("caches.nothingCached.tags")
                : LocalizedText.of("caches.nothingCached.pages");
    }
}
