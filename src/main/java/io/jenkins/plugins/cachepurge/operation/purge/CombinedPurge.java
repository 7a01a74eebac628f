package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Purges of the same target by different types of selections, as one: such as single pages and directories. They run side by
 * side.
 *
 * @param purges at least one
 * @param selections what each of them purges
 */
public record CombinedPurge(List<Operation<?, PurgeResult>> purges, List<PurgeSelection> selections) {

    public CombinedPurge {
        purges = List.copyOf(purges);
        selections = List.copyOf(selections);
    }

    /** The purge as an operation; its result has the first of the selections. */
    public Operation<?, PurgeResult> operation() {
        return purges.size() == 1 ? purges.get(0) : Operation.of(purges.get(0).description(), this, new Purging());
    }

    private record Purging() implements State<CombinedPurge, PurgeResult> {

        @Override
        public Next<CombinedPurge, PurgeResult> next(CombinedPurge purge) {
            return new Next.RunParts<>(
                    new PurgeParts(purge),
                    ResultList<PurgeResult>::new,
                    results -> new SucceededState<>(combined(results.inOrder())));
        }
    }

    private static PurgeResult combined(List<PurgeResult> results) {
        PurgeResult first = results.get(0);
        Map<String, Long> statuses = new LinkedHashMap<>();
        results.forEach(result ->
                result.statuses().counts().forEach((status, count) -> statuses.merge(status, count, Long::sum)));
        return new PurgeResult(
                first.provider(),
                first.target(),
                results.stream().map(PurgeResult::status).distinct().collect(Collectors.joining(", ")),
                first.selection(),
                results.stream().flatMap(result -> result.requests().stream()).toList(),
                new StatusCounts(statuses),
                results.stream()
                        .flatMap(result -> result.notes().stream())
                        .distinct()
                        .toList(),
                layers(results),
                results.stream().flatMap(result -> result.notCached().stream()).toList(),
                warnings(results));
    }

    /** No warning if one of the purges found something. */
    private static List<LocalizedText> warnings(List<PurgeResult> results) {
        return results.stream().allMatch(result -> result.warning().isPresent())
                ? results.get(0).warnings()
                : List.of();
    }

    /** Each layer of a site, with what all purges did there. */
    private static List<PurgeResult> layers(List<PurgeResult> results) {
        return IntStream.range(0, results.get(0).layers().size())
                .mapToObj(layer -> combined(results.stream()
                        .map(result -> result.layers().get(layer))
                        .toList()))
                .toList();
    }

    /** A part for each purge. */
    private record PurgeParts(CombinedPurge purge) implements Parts<PurgeResult> {

        @Override
        public int count() {
            return purge.purges().size();
        }

        @Override
        public Operation<?, PurgeResult> create(int index) {
            return purge.purges().get(index);
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of(
                    "purpose.purgeTarget",
                    LocalizedText.joined("text.and", purge.selections().stream().map(PurgeSelection::text))
                            .orElseThrow());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.pagesAndDirectories");
        }

        @Override
        public int units(int index) {
            return Math.max(1, purge.selections().get(index).count());
        }
    }
}
