package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.Parts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Purges of the instances of a cache, as parts that run side by side.
 *
 * @param places each instance, at each of its addresses
 */
record InstanceParts(HttpCachePurge purge, List<CacheInstance> places) implements Parts<OutcomeCounts> {

    @Override
    public int count() {
        return places.size();
    }

    @Override
    public Operation<?, OutcomeCounts> create(int index) {
        CacheInstance place = places.get(index);
        OperationDescription description =
                OperationDescription.purge(purge.client().service(), place.toString());
        return Operation.of(description, purge, InstancePurge.first(purge, place));
    }

    @Override
    public int concurrency() {
        return count();
    }

    /** A failure of one instance does not affect the others. */
    @Override
    public boolean stopsAfter(ApiException problem) {
        return false;
    }

    @Override
    public LocalizedText purpose() {
        return LocalizedText.of(
                "purpose.purgeAtInstances", purge.scopes().selection().text(), count());
    }

    @Override
    public LocalizedText unit() {
        return purge.scopes().selection().type().unit();
    }

    @Override
    public int units(int index) {
        return purge.scopes().units();
    }

    @Override
    public Optional<String> describeEach(IntPredicate succeeded) {
        return Optional.of("purged at: %s; not purged at: %s".formatted(where(succeeded), where(succeeded.negate())));
    }

    @Override
    public ApiException failure(OperationDescription whole, PartFailures failures) {
        Set<Integer> failed =
                failures.listed().stream().map(PartFailures.Failure::index).collect(Collectors.toSet());
        String problems = failures.listed().stream()
                .map(failure -> failure.problem().getMessage())
                .collect(Collectors.joining(" "));
        return ApiException.failed(
                whole.service().toString(),
                purpose().toString(),
                "failed at %d of them: %s".formatted(failed.size(), problems),
                "Purged at: %s.".formatted(where(index -> !failed.contains(index))));
    }

    private String where(IntPredicate chosen) {
        String names = IntStream.range(0, count())
                .filter(chosen)
                .mapToObj(i -> places.get(i).toString())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
