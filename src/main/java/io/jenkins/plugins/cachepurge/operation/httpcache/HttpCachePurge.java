package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.httpcache.DialectCheck;
import io.jenkins.plugins.cachepurge.client.httpcache.HttpCacheClient;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Purge of an HTTP cache: at all of its instances side by side, and of each all pages side by side. An instance that
 * does not respond does not delay the others.
 *
 * @param provider the provider's symbol in a Jenkinsfile
 * @param instances their URLs, at least one
 * @param options how they are asked
 */
public record HttpCachePurge(
        String provider, HttpCacheClient client, PurgeScopes scopes, List<ApiUrl> instances, CacheOptions options) {

    public HttpCachePurge {
        scopes = scopes.inBatches(client);
    }

    /** A purge without options. */
    public HttpCachePurge(String provider, HttpCacheClient client, PurgeScopes scopes, List<ApiUrl> instances) {
        this(provider, client, scopes, instances, CacheOptions.DEFAULT);
    }

    /** The purge as an operation. */
    public Operation<HttpCachePurge, PurgeResult> operation() {
        return Operation.of(description(), this, new Purging());
    }

    private OperationDescription description() {
        String target = instances.size() == 1 ? instances.get(0).toString() : instances.size() + " instances";
        return new OperationDescription(client.service(), "purge", target);
    }

    private record Purging() implements State<HttpCachePurge, PurgeResult> {

        @Override
        public Next<HttpCachePurge, PurgeResult> next(HttpCachePurge purge) {
            return new Next.RunParts<>(
                    new InstanceParts(purge),
                    ResultList<OutcomeCounts>::new,
                    outcomes -> purge.end(outcomes.inOrder()));
        }
    }

    private State<HttpCachePurge, PurgeResult> end(List<OutcomeCounts> outcomes) {
        CachePurgeResult end = new CachePurgeResult(
                this, instances.stream().map(ApiUrl::toString).toList(), outcomes);
        return end.isFailure() ? new FailedState<>(end.failure()) : new SucceededState<>(end.result());
    }

    private ApiCall<PurgeOutcome> call(ApiUrl instance, PurgeScope pages) {
        return withOptions(client.purge(instance, pages));
    }

    private <T> ApiCall<T> withOptions(ApiCall<T> call) {
        return call.withRequest(call.request().withMoreHeaders(options.headers()));
    }

    private static String names(List<ApiUrl> urls) {
        return urls.isEmpty() ? "none" : urls.stream().map(ApiUrl::toString).collect(Collectors.joining(", "));
    }

    /** A part for each instance. */
    private record InstanceParts(HttpCachePurge purge) implements Parts<OutcomeCounts> {

        @Override
        public int count() {
            return purge.instances().size();
        }

        @Override
        public Operation<?, OutcomeCounts> create(int index) {
            ApiUrl instance = purge.instances().get(index);
            OperationDescription description =
                    new OperationDescription(purge.client().service(), "purge", instance.toString());
            State<HttpCachePurge, OutcomeCounts> purging = new PurgingInstance(instance);
            return Operation.of(
                    description,
                    purge,
                    purge.client()
                            .dialectCheck(instance, purge.scopes().get(0))
                            .<State<HttpCachePurge, OutcomeCounts>>map(check -> new CheckingDialect(instance))
                            .orElse(purging));
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
        public String purpose() {
            return "purge %s at %d instances".formatted(purge.scopes().selection(), count());
        }

        @Override
        public String unit() {
            return purge.scopes().selection().type().plural();
        }

        @Override
        public int units(int index) {
            return purge.scopes().units();
        }

        @Override
        public Optional<String> describeEach(IntPredicate succeeded) {
            return Optional.of(
                    "purged at: %s; not purged at: %s".formatted(where(succeeded), where(succeeded.negate())));
        }

        @Override
        public ApiException failure(OperationDescription whole, PartFailures failures) {
            Set<Integer> failed =
                    failures.listed().stream().map(PartFailures.Failure::index).collect(Collectors.toSet());
            String problems = failures.listed().stream()
                    .map(failure -> failure.problem().getMessage())
                    .collect(Collectors.joining(" "));
            return ApiException.failed(
                    whole.service(),
                    purpose(),
                    "failed at %d of them: %s".formatted(failed.size(), problems),
                    "Purged at: %s.".formatted(where(index -> !failed.contains(index))));
        }

        private String where(IntPredicate chosen) {
            return names(IntStream.range(0, count())
                    .filter(chosen)
                    .mapToObj(purge.instances()::get)
                    .toList());
        }
    }

    /** State before the purge of an instance whose VCL might misunderstand it. */
    private record CheckingDialect(ApiUrl instance) implements State<HttpCachePurge, OutcomeCounts> {

        @Override
        public Next<HttpCachePurge, OutcomeCounts> next(HttpCachePurge purge) {
            ApiCall<DialectCheck> call =
                    purge.client().dialectCheck(instance, purge.scopes().get(0)).orElseThrow();
            return Next.exchange(purge.withOptions(call), checked -> new PurgingInstance(instance));
        }
    }

    /** State in which an instance is purged. */
    private record PurgingInstance(ApiUrl instance) implements State<HttpCachePurge, OutcomeCounts> {

        @Override
        public Next<HttpCachePurge, OutcomeCounts> next(HttpCachePurge purge) {
            return new Next.RunParts<>(
                    new PageParts(purge, instance),
                    () -> new OutcomeTally(purge.scopes()),
                    outcomes -> new SucceededState<>(outcomes.counts()));
        }
    }

    /** A part for each request to one instance. */
    private record PageParts(HttpCachePurge purge, ApiUrl instance) implements Parts<PurgeOutcome> {

        @Override
        public int count() {
            return purge.scopes().count();
        }

        @Override
        public Operation<?, PurgeOutcome> create(int index) {
            return Operation.ofCall(
                    purge.description(), purge.call(instance, purge.scopes().get(index)));
        }

        @Override
        public String purpose() {
            return "purge %s at %s".formatted(purge.scopes().selection(), instance);
        }

        @Override
        public int units(int index) {
            return purge.scopes().units(index);
        }

        @Override
        public String unit() {
            return purge.scopes().selection().type().plural();
        }
    }
}
