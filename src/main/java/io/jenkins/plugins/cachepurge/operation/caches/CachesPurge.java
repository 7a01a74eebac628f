package io.jenkins.plugins.cachepurge.operation.caches;

import io.jenkins.plugins.cachepurge.client.caches.CacheServer;
import io.jenkins.plugins.cachepurge.client.caches.CachedPages;
import io.jenkins.plugins.cachepurge.client.caches.Verdict;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.FailedOperation;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Purges pages at every instance of a cache, one instance after the other. One that does not answer, or says no, holds up
 * none of the others: it is asked again when they are done, or where that would not help, named at the end.
 *
 * @param instances in the order in which they were named
 * @param current the one whose turn it is
 */
public record CachesPurge(Wish wish, List<Instance> instances, int current) implements Operation<PurgeResult> {

    /**
     * What is wanted.
     *
     * @param provider the provider's symbol in a Jenkinsfile
     */
    public record Wish(String provider, CacheServer server, PagesToPurge pages) implements Serializable {}

    /** @param instances where they are, at least one */
    public static CachesPurge of(Wish wish, List<ApiUrl> instances) {
        return new CachesPurge(wish, instances.stream().map(Instance::untouched).toList(), 0);
    }

    @Override
    public Subject subject() {
        String where = alone() ? instances.get(0).url().toString() : instances.size() + " instances";
        return new Subject(wish.server().service(), "purge", where);
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(wish.pages().what());
    }

    @Override
    public Turn<PurgeResult> turn() {
        Instance now = instances.get(current);
        CachedPages pages = wish.pages().get(now.verdicts().size());
        return new Turn.Ask<>(wish.server().purge(now.url(), pages), this::answered, null, this::failed);
    }

    private Operation<PurgeResult> answered(Verdict verdict) {
        CachesPurge known = with(instances.get(current).answered(verdict));
        return known.open(current)
                ? known
                : known.after(instance -> !instance.failing())
                        .or(known::again)
                        .map(known::at)
                        .orElseGet(known::end);
    }

    /** A single instance is asked again as any other service is. */
    private Optional<Turn.Detour<PurgeResult>> failed(ApiException problem) {
        if (alone()) {
            return Optional.empty();
        }
        CachesPurge known = with(instances.get(current).failed(problem));
        Optional<Integer> untouched = known.after(instance -> !instance.failing());
        if (untouched.isPresent()) {
            return Optional.of(new Turn.Detour<>(known.at(untouched.get()), true));
        }
        return Optional.of(known.again()
                .map(next -> new Turn.Detour<>(known.at(next), false))
                .orElseGet(() -> new Turn.Detour<>(known.end(), true)));
    }

    /** Who is asked again; nobody once it is clear that the whole fails anyway. */
    private Optional<Integer> again() {
        return instances.stream().anyMatch(Instance::givenUp) ? Optional.empty() : after(Instance::failing);
    }

    /** The next instance of some kind that is not through, in a circle. */
    private Optional<Integer> after(Predicate<Instance> kind) {
        return IntStream.rangeClosed(1, instances.size())
                .mapToObj(step -> (current + step) % instances.size())
                .filter(this::open)
                .filter(i -> kind.test(instances.get(i)))
                .findFirst();
    }

    private boolean open(int i) {
        Instance instance = instances.get(i);
        return !instance.givenUp() && !through(instance);
    }

    private boolean through(Instance instance) {
        return instance.verdicts().size() == wish.pages().count();
    }

    private CachesPurge with(Instance changed) {
        List<Instance> now = new ArrayList<>(instances);
        now.set(current, changed);
        return new CachesPurge(wish, List.copyOf(now), current);
    }

    private Operation<PurgeResult> at(int next) {
        return new CachesPurge(wish, instances, next);
    }

    private boolean alone() {
        return instances.size() == 1;
    }

    private Operation<PurgeResult> end() {
        return instances.stream().allMatch(this::through)
                ? new Finished<>(subject(), result())
                : new FailedOperation<>(subject(), problem());
    }

    private ApiException problem() {
        List<String> problems = instances.stream()
                .filter(Instance::failing)
                .map(Instance::problem)
                .toList();
        return ApiException.failed(
                wish.server().service(),
                "purge %s at %d instances".formatted(wish.pages().what(), instances.size()),
                "failed at %d of them: %s".formatted(problems.size(), String.join(" ", problems)),
                "Purged at: %s.".formatted(names(this::through)));
    }

    @Override
    public Optional<String> soFar() {
        return alone()
                ? Optional.empty()
                : Optional.of("purged at: %s; not purged at: %s"
                        .formatted(names(this::through), names(instance -> !through(instance))));
    }

    private String names(Predicate<Instance> kind) {
        String names = instances.stream()
                .filter(kind)
                .map(instance -> instance.url().toString())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private PurgeResult result() {
        Set<Verdict> verdicts = instances.stream()
                .flatMap(instance -> instance.verdicts().stream())
                .collect(Collectors.toSet());
        Verdict status = verdicts.size() == 1 ? verdicts.iterator().next() : Verdict.PURGED;
        return new PurgeResult(
                wish.provider(),
                names(instance -> true),
                status.toString(),
                wish.pages().what(),
                instances.stream().flatMap(this::requests).toList());
    }

    private Stream<PurgeResult.Request> requests(Instance instance) {
        int each = Math.min(1, wish.pages().what().count());
        return instance.verdicts().stream()
                .map(verdict -> new PurgeResult.Request(instance.url().toString(), verdict.toString(), each));
    }
}
