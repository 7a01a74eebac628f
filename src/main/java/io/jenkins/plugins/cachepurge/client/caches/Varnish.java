package io.jenkins.plugins.cachepurge.client.caches;

import io.jenkins.plugins.cachepurge.client.http.Answer;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Map;

/**
 * Varnish with the VCL of {@code docs/cdns/varnish.md}, or for single pages any VCL with {@code return (purge)}, which
 * answers 200 with the words "Purged" whether there was a page or not (Varnish 7.1.1, tried).
 *
 * <p>What a {@code BAN} does is the VCL's to say, and "Ban added", as in many an example, may mean one page only. So ours
 * has words of its own for each request.
 *
 * @param soft whether pages are marked as stale only
 * @see <a href="https://varnish-cache.org/docs/7.5/users-guide/purging.html">Varnish: purging and banning</a>
 * @see <a href="https://varnish-cache.org/docs/7.1/reference/vmod_purge.html">Varnish: the module purge</a>
 */
public record Varnish(boolean soft) implements CacheServer {

    private static final Map<String, Verdict> PAGE = Map.of(
            "200 Page purged", Verdict.PURGED,
            "200 Purged", Verdict.PURGED_IF_CACHED,
            "404 Page not cached", Verdict.NOT_CACHED);

    private static final Map<String, Verdict> SOFT =
            Map.of("200 Page marked as stale", Verdict.STALE, "404 Page not cached", Verdict.NOT_CACHED);

    private static final Map<String, Verdict> PREFIX = Map.of("200 Prefix banned", Verdict.PURGED_IF_CACHED);

    private static final Map<String, Verdict> EVERYTHING = Map.of("200 Everything banned", Verdict.PURGED_IF_CACHED);

    @Override
    public String service() {
        return "Varnish";
    }

    @Override
    public ApiCall<Verdict> purge(ApiUrl cache, CachedPages pages) {
        Exchange exchange =
                switch (pages.reach()) {
                    case PAGE ->
                        soft ? exchange("PURGE", Map.of("X-Purge", "soft"), SOFT) : exchange("PURGE", Map.of(), PAGE);
                    case PREFIX -> exchange("BAN", Map.of(), PREFIX);
                    case EVERYTHING -> exchange("BAN", Map.of("X-Ban", "everything"), EVERYTHING);
                };
        return exchange.call(cache, pages);
    }

    private Exchange exchange(String method, Map<String, String> headers, Map<String, Verdict> words) {
        return new Exchange(
                service(),
                method,
                "",
                headers,
                answer -> words.keySet().stream()
                        .filter(status -> says(answer, status))
                        .map(words::get)
                        .findAny(),
                "Add the address of Jenkins' controller to the acl in the VCL.",
                Exchange.PASSED_ON);
    }

    /** HTTP/2 has no words behind the status, but Varnish repeats them in the page that it makes up. */
    private static boolean says(Answer answer, String status) {
        return "%d %s".formatted(answer.status(), answer.reason()).equals(status)
                || answer.body().contains("<title>%s</title>".formatted(status))
                        && status.startsWith(answer.status() + " ");
    }
}
