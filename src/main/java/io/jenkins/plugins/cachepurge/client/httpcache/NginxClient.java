package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * nginx with the module ngx_cache_purge, or NGINX Plus.
 *
 * <p>The module answers 200 with a page, or with JSON, XML or text where it is told to, which names the key that was
 * purged, and since 3.0 202 where it is told to purge in the background. For a key that is not cached it answers 404 until version 2.4, then 412 (3.0 can be told to answer 404). A key
 * that ends in {@code *} means all that start so since 2.4; 2.5 then purges and answers 412 all the same; and 2.3 looks
 * for a key with an asterisk in it and answers 404, which thus says nothing. NGINX Plus answers 204.
 *
 * @param plus true for NGINX Plus
 * @see <a href="https://github.com/nginx-modules/ngx_cache_purge">ngx_cache_purge</a>
 * @see <a href="https://github.com/FRiCKLE/ngx_cache_purge">ngx_cache_purge 2.3</a>
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_purge">nginx: proxy_cache_purge</a>
 */
public record NginxClient(boolean plus) implements HttpCacheClient {

    /** How the module's answers start in its four formats, in the versions 2.3 to 3.0, without white space. */
    private static final List<String> PURGED = List.of(
            "<html><head><title>Successfulpurge</title></head>",
            "<html><head><title>CachePurge</title></head>",
            "{\"Key\":\"",
            "<?xmlversion=\"1.0\"encoding=\"UTF-8\"?><status><Key>",
            "Key:");

    /** How nginx' own pages start, which differ from those of the application. */
    private static final List<String> NOT_CACHED = List.of(
            "<html><head><title>404NotFound</title></head>", "<html><head><title>412PreconditionFailed</title></head>");

    private static final List<String> METHOD_UNKNOWN = List.of("<html><head><title>405NotAllowed</title></head>");

    private static final String UNKNOWN_METHOD = "Add proxy_cache_purge to that location in nginx.conf.";

    private static final String NO_PREFIXES = "Prefixes need ngx_cache_purge 2.5 or later, or NGINX Plus;"
            + " where it answers 404 for what is not cached, set cache_purge_legacy_status on.";

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
                        "Allow the address of Jenkins' controller where nginx.conf says who may purge.",
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
