package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Map;
import java.util.Optional;

/**
 * Traffic Server or Squid: {@code PURGE} drops one page. Both answer 200 or 404 with no body, and with their own name as
 * {@code Server}; Traffic Server, when its cache is off, passes the request on and adds an {@code Age} to the answer; for
 * a host that it does not know it answers 404 with a page (Traffic Server 9.2.9 and Squid 5.7, tried).
 *
 * @see <a href="https://docs.trafficserver.apache.org/en/9.2.x/admin-guide/storage/index.en.html">Traffic Server: removing an object from the cache</a>
 * @see <a href="https://wiki.squid-cache.org/SquidFaq/OperatingSquid">Squid: how can I purge an object from my cache?</a>
 */
public enum PurgeMethodClient implements HttpCacheClient {
    /** Apache Traffic Server. */
    TRAFFIC_SERVER(
            "Traffic Server",
            "ATS",
            "Allow PURGE from the address of Jenkins' controller in ip_allow.yaml.",
            "Map the host in remap.config, or correct it."),
    /** Squid as a reverse proxy. */
    SQUID(
            "Squid",
            "squid",
            "Allow PURGE from the address of Jenkins' controller in squid.conf.",
            CacheRequest.PASSED_ON);

    private final String service;
    private final String product;
    private final String permission;
    private final String unknownHost;

    /**
     * @param product what its {@code Server} header starts with
     * @param permission what to do if it forbids purging
     * @param unknownHost what to do if it answers 404 with a page of its own
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
