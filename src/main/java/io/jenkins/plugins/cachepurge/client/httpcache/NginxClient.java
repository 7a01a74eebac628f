package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Client for nginx with the module ngx_cache_purge, and for NGINX Plus.
 *
 * <p>The module responds with 200 and a page, JSON, XML or text with the purged key, and since 3.0 with 202 for a purge
 * in the background. For a key that is not cached it responds with 404 up to version 2.4, then with 412 (3.0 can be
 * configured to 404). Since 2.4 a key that ends with {@code *} is a prefix; 2.5 purges it and responds with 412
 * nevertheless; 2.3 reads the asterisk literally and responds with 404, so 404 does not show what happened. NGINX Plus
 * responds with 204.
 *
 * @param plus true for NGINX Plus
 * @see <a href="https://github.com/nginx-modules/ngx_cache_purge">ngx_cache_purge</a>
 * @see <a href="https://github.com/FRiCKLE/ngx_cache_purge">ngx_cache_purge 2.3</a>
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_purge">nginx:
 *     proxy_cache_purge</a>
 */
public record NginxClient(boolean plus) implements HttpCacheClient {

    /** Starts of the module's responses in its four formats, in the versions 2.3 to 3.0, without white space. */
    private static final List<String> PURGED = List.of(
            "<html><head><title>Successfulpurge</title></head>",
            "<html><head><title>CachePurge</title></head>",
            "{\"Key\":\"",
            "<?xmlversion=\"1.0\"encoding=\"UTF-8\"?><status><Key>",
            "Key:");

    /** Starts of nginx' own pages, which differ from those of the application. */
    private static final List<String> NOT_CACHED = List.of(
            "<html><head><title>404NotFound</title></head>", "<html><head><title>412PreconditionFailed</title></head>");

    private static final List<String> METHOD_UNKNOWN = List.of("<html><head><title>405NotAllowed</title></head>");

    private static final String UNKNOWN_METHOD = "Add proxy_cache_purge to that location in nginx.conf.";

    private static final String NO_PREFIXES = "Prefixes need ngx_cache_purge 2.5 or later, or NGINX Plus;"
            + " if it responds with 404 for what is not cached, set cache_purge_legacy_status on.";

    @Override
    public String service() {
        return "nginx";
    }

    @Override
    public ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages) {
        boolean prefix = pages.match() != PurgeScope.Match.EXACT;
        return new CacheRequest(
                        service(),
                        "PURGE",
                        prefix ? "*" : "",
                        Map.of(),
                        answer -> prefix ? prefix(answer) : page(answer),
                        "Allow purges from the address of Jenkins' controller (with via: 'agent', that of the agent) in nginx.conf.",
                        answer -> Optional.of(UNKNOWN_METHOD)
                                .filter(advice -> answer.status() == 405 && isOwnPage(answer, METHOD_UNKNOWN)),
                        prefix ? NO_PREFIXES : CacheRequest.PASSED_ON)
                .call(cache, pages);
    }

    private Optional<PurgeOutcome> page(ApiResponse answer) {
        return switch (answer.status()) {
            case 404, 412 -> when(isOwnPage(answer, NOT_CACHED), PurgeOutcome.NOT_CACHED);
            default -> purged(answer);
        };
    }

    private Optional<PurgeOutcome> prefix(ApiResponse answer) {
        return switch (answer.status()) {
            case 202 -> when(!plus && saysPurged(answer), PurgeOutcome.ACCEPTED);
            case 412 -> when(isOwnPage(answer, NOT_CACHED), PurgeOutcome.PURGED_OR_NOT_CACHED);
            default -> purged(answer);
        };
    }

    private Optional<PurgeOutcome> purged(ApiResponse answer) {
        return switch (answer.status()) {
            case 200 -> when(!plus && saysPurged(answer), PurgeOutcome.PURGED);
            case 204 -> when(plus, PurgeOutcome.PURGED);
            default -> Optional.empty();
        };
    }

    private static Optional<PurgeOutcome> when(boolean known, PurgeOutcome verdict) {
        return known ? Optional.of(verdict) : Optional.empty();
    }

    private static boolean saysPurged(ApiResponse answer) {
        return PURGED.stream().anyMatch(withoutSpace(answer)::startsWith);
    }

    private static boolean isOwnPage(ApiResponse answer, List<String> starts) {
        String page = withoutSpace(answer);
        return starts.stream().anyMatch(page::startsWith) && page.contains("<hr><center>");
    }

    private static String withoutSpace(ApiResponse answer) {
        return answer.body().replaceAll("\\s+", "");
    }
}
