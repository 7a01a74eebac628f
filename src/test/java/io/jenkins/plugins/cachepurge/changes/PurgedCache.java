package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.util.List;
import java.util.TreeSet;

/** A Varnish that records what it is asked to purge. */
final class PurgedCache implements AutoCloseable {

    final FaultInjectingService wire =
            new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
    private final SimServer server = SimServer.start(wire);
    private int seen;

    String url() {
        return server.url().toString();
    }

    /** The CDN in a Jenkinsfile. */
    String cdn() {
        return "varnish(url: '%s', host: 'www.example.org')".formatted(url());
    }

    /** The same as an administrator sets it up. */
    VarnishProvider provider() {
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(url());
        varnish.setHost("www.example.org");
        return varnish;
    }

    void approve() {
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
    }

    /** What was purged since the last call, such as {@code /a.html}, or {@code /blog/*} for all below. */
    TreeSet<String> purged() {
        TreeSet<String> purged = new TreeSet<>();
        wire.requests()
                .subList(seen, wire.requests().size())
                .forEach(request ->
                        purged.add(request.target() + (request.method().equals("BAN") ? "*" : "")));
        seen = wire.requests().size();
        return purged;
    }

    @Override
    public void close() {
        server.close();
    }
}
