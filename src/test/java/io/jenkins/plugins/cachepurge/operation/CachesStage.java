package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.caches.Nginx;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.caches.CachesPurge;
import io.jenkins.plugins.cachepurge.operation.caches.PagesToPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.SimAnswer;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Instances of nginx, as locations {@code /1}, {@code /2} … of one server, whose module purges whatever it is asked to. */
final class CachesStage {

    final VirtualTime time = new VirtualTime();
    final Bench bench;
    private final List<String> purged = new ArrayList<>();

    CachesStage(DriverKind kind) {
        bench = new Bench(
                kind,
                time,
                new SimService() {
                    @Override
                    public String name() {
                        return "nginx";
                    }

                    @Override
                    public SimAnswer handle(SimRequest request) {
                        purged.add(request.path());
                        return SimAnswer.json(200, java.util.Map.of("Key", request.path()));
                    }
                },
                Authentication.NONE);
    }

    /** Of the paths /0, /1 and so on. */
    static Operation<PurgeResult> purge(int instances, int paths) {
        PurgeSelection what = new PurgeSelection.Paths(ScalewayStage.paths(0, paths));
        return CachesPurge.of(
                new CachesPurge.Wish("nginx", new Nginx(false), new PagesToPurge(what, "www.example.org")),
                IntStream.rangeClosed(1, instances)
                        .mapToObj(i -> ApiUrl.of("http://nginx.example/" + i))
                        .toList());
    }

    /** What was purged where, as {@code /1/0} for the path /0 at the first instance, in its order. */
    List<String> purged() {
        return List.copyOf(purged);
    }

    static Predicate<SimRequest> at(int instance) {
        return request -> request.path().startsWith("/" + instance + "/");
    }
}
