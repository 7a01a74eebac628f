package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
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
public record HttpCachePurge(Spec wish, List<InstanceState> instances, int current) implements Operation<PurgeResult> {

    /**
     * What is wanted.
     *
     * @param provider the provider's symbol in a Jenkinsfile
     */
    public record Spec(String provider, HttpCacheClient server, PurgeScopes pages) implements Serializable {}

    /** @param instances where they are, at least one */
    public static HttpCachePurge of(Spec wish, List<ApiUrl> instances) {
        return new HttpCachePurge(wish, instances.stream().map(InstanceState::untouched).toList(), 0);
    }

    @Override
    public OperationDescription subject() {
        String where = alone() ? instances.get(0).url().toString() : instances.size() + " instances";
        return new OperationDescription(wish.server().service(), "purge", where);
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(wish.pages().selection());
    }

    @Override
    public Next<PurgeResult> turn() {
        InstanceState now = instances.get(current);
        PurgeScope pages = wish.pages().get(now.verdicts().size());
        return new Next.Ask<>(wish.server().purge(now.url(), pages), this::answered, null, this::failed);
    }

    private Operation<PurgeResult> answered(PurgeOutcome verdict) {
        HttpCachePurge known = with(instances.get(current).answered(verdict));
        return known.open(current)
                ? known
                : known.after(instance -> !instance.failing())
                        .or(known::again)
                        .map(known::at)
                        .orElseGet(known::end);
    }

    /** A single instance is asked again as any other service is. */
    private Optional<Next.Detour<PurgeResult>> failed(ApiException problem) {
        if (alone()) {
            return Optional.empty();
        }
        HttpCachePurge known = with(instances.get(current).failed(problem));
        Optional<Integer> untouched = known.after(instance -> !instance.failing());
        if (untouched.isPresent()) {
            return Optional.of(new Next.Detour<>(known.at(untouched.get()), true));
        }
        return Optional.of(known.again()
                .map(next -> new Next.Detour<>(known.at(next), false))
                .orElseGet(() -> new Next.Detour<>(known.end(), true)));
    }

    /** Who is asked again; nobody once it is clear that the whole fails anyway. */
    private Optional<Integer> again() {
        return instances.stream().anyMatch(InstanceState::givenUp) ? Optional.empty() : after(InstanceState::failing);
    }

    /** The next instance of some kind that is not through, in a circle. */
    private Optional<Integer> after(Predicate<InstanceState> kind) {
        return IntStream.rangeClosed(1, instances.size())
                .mapToObj(step -> (current + step) % instances.size())
                .filter(this::open)
                .filter(i -> kind.test(instances.get(i)))
                .findFirst();
    }

    private boolean open(int i) {
        InstanceState instance = instances.get(i);
        return !instance.givenUp() && !through(instance);
    }

    private boolean through(InstanceState instance) {
        return instance.verdicts().size() == wish.pages().count();
    }

    private HttpCachePurge with(InstanceState changed) {
        List<InstanceState> now = new ArrayList<>(instances);
        now.set(current, changed);
        return new HttpCachePurge(wish, List.copyOf(now), current);
    }

    private Operation<PurgeResult> at(int next) {
        return new HttpCachePurge(wish, instances, next);
    }

    private boolean alone() {
        return instances.size() == 1;
    }

    private Operation<PurgeResult> end() {
        return instances.stream().allMatch(this::through)
                ? new SucceededState<>(subject(), result())
                : new FailedState<>(subject(), problem());
    }

    private ApiException problem() {
        List<String> problems = instances.stream()
                .filter(InstanceState::failing)
                .map(InstanceState::problem)
                .toList();
        return ApiException.failed(
                wish.server().service(),
                "purge %s at %d instances".formatted(wish.pages().selection(), instances.size()),
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

    private String names(Predicate<InstanceState> kind) {
        String names = instances.stream()
                .filter(kind)
                .map(instance -> instance.url().toString())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private PurgeResult result() {
        Set<PurgeOutcome> verdicts = instances.stream()
                .flatMap(instance -> instance.verdicts().stream())
                .collect(Collectors.toSet());
        PurgeOutcome status = verdicts.size() == 1 ? verdicts.iterator().next() : PurgeOutcome.PURGED;
        return new PurgeResult(
                wish.provider(),
                names(instance -> true),
                status.toString(),
                wish.pages().selection(),
                instances.stream().flatMap(this::requests).toList());
    }

    private Stream<PurgeResult.RequestResult> requests(InstanceState instance) {
        int each = Math.min(1, wish.pages().selection().count());
        return instance.verdicts().stream()
                .map(verdict -> new PurgeResult.RequestResult(instance.url().toString(), verdict.toString(), each));
    }
}
