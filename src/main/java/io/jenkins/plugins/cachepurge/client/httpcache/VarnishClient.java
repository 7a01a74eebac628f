package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Map;
import java.util.Optional;

/**
 * Client for Varnish with the VCL of {@code docs/cdns/varnish.md}, or for single pages any VCL with {@code return
 * (purge)}, whose response is {@code 200 Purged} whether there was a page or not (tested with Varnish 7.1.1).
 *
 * <p>The VCL defines what a {@code BAN} does, and the usual "Ban added" may mean a single page. So the VCL of this
 * plugin has its own reason phrase for each request.
 *
 * @param soft whether pages are marked as stale only
 * @see <a href="https://varnish-cache.org/docs/7.5/users-guide/purging.html">Varnish: purging and banning</a>
 * @see <a href="https://varnish-cache.org/docs/7.1/reference/vmod_purge.html">Varnish: the module purge</a>
 */
public record VarnishClient(boolean soft) implements HttpCacheClient {

    private static final Map<String, PurgeOutcome> PAGE = Map.of(
            "200 Page purged", PurgeOutcome.PURGED,
            "200 Purged", PurgeOutcome.PURGED_OR_NOT_CACHED,
            "404 Page not cached", PurgeOutcome.NOT_CACHED);

    private static final Map<String, PurgeOutcome> SOFT =
            Map.of("200 Page marked as stale", PurgeOutcome.STALE, "404 Page not cached", PurgeOutcome.NOT_CACHED);

    private static final Map<String, PurgeOutcome> PREFIX =
            Map.of("200 Prefix banned", PurgeOutcome.PURGED_OR_NOT_CACHED);

    private static final Map<String, PurgeOutcome> EVERYTHING =
            Map.of("200 Everything banned", PurgeOutcome.PURGED_OR_NOT_CACHED);

    private static final String FORBIDDEN = "Add the address of Jenkins' controller to the acl in the VCL.";

    @Override
    public String service() {
        return "Varnish";
    }

    @Override
    public ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages) {
        CacheRequest exchange =
                switch (pages.match()) {
                    case EXACT ->
                        soft ? exchange("PURGE", Map.of("X-Purge", "soft"), SOFT) : exchange("PURGE", Map.of(), PAGE);
                    case PREFIX -> exchange("BAN", Map.of(), PREFIX);
                    case ALL -> exchange("BAN", Map.of("X-Ban", "everything"), EVERYTHING);
                };
        return exchange.call(cache, pages);
    }

    private CacheRequest exchange(String method, Map<String, String> headers, Map<String, PurgeOutcome> words) {
        return new CacheRequest(
                service(),
                method,
                "",
                headers,
                answer -> words.keySet().stream()
                        .filter(status -> says(answer, status))
                        .map(words::get)
                        .findAny(),
                FORBIDDEN,
                answer -> Optional.of(FORBIDDEN).filter(advice -> answer.status() == 405 && isOwnPage(answer)),
                CacheRequest.PASSED_ON);
    }

    /** True for the refusal in the examples of Varnish' documentation; a forwarded page has a {@code Via}. */
    private static boolean isOwnPage(ApiResponse answer) {
        return answer.header("Server").orElse("").startsWith("Varnish")
                && answer.header("Via").isEmpty();
    }

    /** HTTP/2 has no words behind the status, but Varnish repeats them in the page that it makes up. */
    private static boolean says(ApiResponse answer, String status) {
        return "%s %s".formatted(answer.status(), answer.reason()).equals(status)
                || answer.body().contains("<title>%s</title>".formatted(status))
                        && status.startsWith(answer.status() + " ");
    }
}
