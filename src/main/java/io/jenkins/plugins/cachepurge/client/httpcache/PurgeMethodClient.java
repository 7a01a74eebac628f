package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Map;
import java.util.Optional;

/**
 * Client for Traffic Server and Squid, in which {@code PURGE} purges one page. Both respond with 200 or 404 without a
 * body, and with their name in {@code Server}. If its cache is off, Traffic Server forwards the request and adds {@code
 * Age} to the response; for an unknown host it responds with 404 and a page (tested with Traffic Server 9.2.9 and Squid
 * 5.7).
 *
 * @see <a href="https://docs.trafficserver.apache.org/en/9.2.x/admin-guide/storage/index.en.html">Traffic Server:
 *     removing an object from the cache</a>
 * @see <a href="https://wiki.squid-cache.org/SquidFaq/OperatingSquid">Squid: how can I purge an object from my
 *     cache?</a>
 */
public enum PurgeMethodClient implements HttpCacheClient {
    /** Apache Traffic Server. */
    TRAFFIC_SERVER(
            "Traffic Server",
            "ATS",
            "Allow PURGE from the address of Jenkins' controller (with via: 'agent', that of the agent) in ip_allow.yaml.",
            "Map the host in remap.config, or correct it."),
    /** Squid as a reverse proxy. */
    SQUID(
            "Squid",
            "squid",
            "Allow PURGE from the address of Jenkins' controller (with via: 'agent', that of the agent) in squid.conf.",
            CacheRequest.PASSED_ON);

    private final String service;
    private final String product;
    private final String permission;
    private final String unknownHost;

    /**
     * @param product start of its {@code Server} header
     * @param permission advice if it forbids purging
     * @param unknownHost advice if it responds with 404 and a page of its own
     */
    PurgeMethodClient(String service, String product, String permission, String unknownHost) {
        this.service = service;
        this.product = product;
        this.permission = permission;
        this.unknownHost = unknownHost;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages) {
        if (pages.match() != PurgeScope.Match.EXACT) {
            throw new IllegalArgumentException(service + " purges single pages only");
        }
        return new CacheRequest(
                        service,
                        "PURGE",
                        "",
                        Map.of(),
                        this::verdict,
                        permission,
                        this::refused,
                        CacheRequest.PASSED_ON)
                .call(cache, pages);
    }

    private boolean isOwn(ApiResponse answer) {
        return answer.header("Server").orElse("").startsWith(product)
                && answer.header("Age").isEmpty();
    }

    private Optional<String> refused(ApiResponse answer) {
        return Optional.of(unknownHost).filter(advice -> answer.status() == 404 && isOwn(answer));
    }

    private Optional<PurgeOutcome> verdict(ApiResponse answer) {
        if (!isOwn(answer) || !answer.body().isEmpty()) {
            return Optional.empty();
        }
        return switch (answer.status()) {
            case 200 -> Optional.of(PurgeOutcome.PURGED);
            case 404 -> Optional.of(PurgeOutcome.NOT_CACHED);
            default -> Optional.empty();
        };
    }
}
