package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.httpcache.DialectProbe;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;

/** States of the purge of one instance of a cache. */
final class InstancePurge {

    private InstancePurge() {}

    static State<HttpCachePurge, OutcomeCounts> first(HttpCachePurge purge, CacheInstance place) {
        boolean checked =
                purge.client().dialectProbe(place.url(), purge.scopes().get(0)).isPresent();
        return checked ? new CheckingDialect(place) : new PurgingInstance(place);
    }

    /** State before the purge of an instance whose VCL might misunderstand it. */
    private record CheckingDialect(CacheInstance place) implements State<HttpCachePurge, OutcomeCounts> {

        @Override
        public Next<HttpCachePurge, OutcomeCounts> next(HttpCachePurge purge) {
            ApiCall<DialectProbe> call = purge.client()
                    .dialectProbe(place.url(), purge.scopes().get(0))
                    .orElseThrow();
            return Next.exchange(place.call(call, purge.options()), checked -> new PurgingInstance(place));
        }
    }

    /** State in which an instance is purged. */
    private record PurgingInstance(CacheInstance place) implements State<HttpCachePurge, OutcomeCounts> {

        @Override
        public Next<HttpCachePurge, OutcomeCounts> next(HttpCachePurge purge) {
            return new Next.RunParts<>(
                    new PageParts(purge, place),
                    () -> new OutcomeTally(purge.scopes()),
                    outcomes -> new SucceededState<>(outcomes.counts()));
        }
    }

    /** A part for each request to one instance. */
    private record PageParts(HttpCachePurge purge, CacheInstance place) implements Parts<PurgeOutcome> {

        @Override
        public int count() {
            return purge.scopes().count();
        }

        @Override
        public Operation<?, PurgeOutcome> create(int index) {
            return Operation.ofCall(
                    purge.description(),
                    place.call(purge.client().purge(place.url(), purge.scopes().get(index)), purge.options()));
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of(
                    "purpose.purgeAt", purge.scopes().selection().text(), place);
        }

        @Override
        public int units(int index) {
            return purge.scopes().units(index);
        }

        @Override
        public LocalizedText unit() {
            return purge.scopes().selection().type().unit();
        }
    }
}
