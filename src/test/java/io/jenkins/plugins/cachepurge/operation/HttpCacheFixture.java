package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EngineHarness;
import io.jenkins.plugins.cachepurge.engine.VirtualTime;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Instances of nginx, as locations {@code /1}, {@code /2} … of one server, whose module purges whatever it is asked to. */
public final class HttpCacheFixture {

    public final VirtualTime time = new VirtualTime();
    public final EngineHarness harness;
    private final List<String> purged = new ArrayList<>();

    public HttpCacheFixture(DriverKind kind) {
        harness = new EngineHarness(
                kind,
                time,
                new SimService() {
                    @Override
                    public String name() {
                        return "nginx";
                    }

                    @Override
                    public SimResponse handle(SimRequest request) {
                        purged.add(request.path());
                        return SimResponse.json(200, java.util.Map.of("Key", request.path()));
                    }
                },
                Signer.NONE);
    }

    /** Of the paths /0, /1 and so on. */
    public static Operation<?, PurgeResult> purge(int instances, int paths) {
        PurgeSelection what = new PurgeSelection(SelectionType.PATHS, ScalewayFixture.paths(0, paths));
        return new HttpCachePurge(
                        "nginx",
                        new NginxClient(false),
                        new PurgeScopes(what, "www.example.org"),
                        IntStream.rangeClosed(1, instances)
                                .mapToObj(i -> ApiUrl.of("http://nginx.example:808" + i + "/" + i))
                                .toList())
                .operation();
    }

    /** What was purged where, as {@code /1/0} for the path /0 at the first instance, in its order. */
    public List<String> purged() {
        return List.copyOf(purged);
    }

    public static Predicate<SimRequest> at(int instance) {
        return request -> request.path().startsWith("/" + instance + "/");
    }
}
