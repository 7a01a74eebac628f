package io.jenkins.plugins.cachepurge.docs;

import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator.Kind;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caches that the documents name, each of them in three instances. */
final class SimulatedCacheHosts {

    private static final Map<String, Kind> KINDS = Map.of(
            "varnish", Kind.VARNISH,
            "nginx", Kind.NGINX,
            "trafficserver", Kind.TRAFFIC_SERVER,
            "squid", Kind.SQUID);

    /** URL of a cache as in the documents, with its host as group. */
    private static final Pattern URL =
            Pattern.compile("http://((?:varnish|nginx|trafficserver|squid)[12]?\\.example\\.org)(?::\\d+)?");

    static final Set<String> HOSTS =
            KINDS.keySet().stream().flatMap(SimulatedCacheHosts::instances).collect(Collectors.toUnmodifiableSet());

    private final Map<String, FaultInjectingService> byHost = KINDS.keySet().stream()
            .flatMap(SimulatedCacheHosts::instances)
            .collect(Collectors.toUnmodifiableMap(host -> host, SimulatedCacheHosts::simulator));

    private static Stream<String> instances(String cache) {
        return Stream.of("", "1", "2").map(number -> cache + number + ".example.org");
    }

    private static FaultInjectingService simulator(String host) {
        return new FaultInjectingService(new CacheSimulator(KINDS.get(host.replaceFirst("[12]?\\..*", "")), false));
    }

    Map<String, ? extends SimService> byHost() {
        return byHost;
    }

    int requests() {
        return byHost.values().stream()
                .mapToInt(cache -> cache.requests().size())
                .sum();
    }

    /** Replaces the URLs of caches, which are asked directly, by those of their simulators. */
    static String withDirectUrls(String jenkinsfile, VendorProxy hosts) {
        return URL.matcher(jenkinsfile).replaceAll(found -> hosts.directUrl(found.group(1)));
    }

    /** Approves the simulators of the caches. */
    static void approve(VendorProxy hosts) {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        configuration.setAllowedApiUrls(Stream.concat(
                        configuration.getAllowedApiUrls().stream(),
                        HOSTS.stream().map(hosts::directUrl))
                .toList());
    }
}
