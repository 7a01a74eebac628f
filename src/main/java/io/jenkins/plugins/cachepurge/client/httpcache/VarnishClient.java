package io.jenkins.plugins.cachepurge.client.httpcache;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Client for Varnish with the VCL of {@code docs/cdns/varnish.md}, or for single pages any VCL with {@code return
 * (purge)}, whose response is {@code 200 Purged} whether there was a page or not (tested with Varnish 7.1.1). It also
 * has the requests of some widespread VCLs.
 *
 * <p>The VCL defines what a {@code BAN} does, and the usual "Ban added" may mean a single page. So the VCL of this
 * plugin has its own reason phrase for each request.
 *
 * @param soft whether pages are marked as stale only
 * @param dialect requests and responses of the VCL
 * @see <a href="https://varnish-cache.org/docs/7.5/users-guide/purging.html">Varnish: purging and banning</a>
 * @see <a href="https://varnish-cache.org/docs/7.1/reference/vmod_purge.html">Varnish: the module purge</a>
 */
public record VarnishClient(boolean soft, VarnishDialect dialect) implements HttpCacheClient {

    private static final String FORBIDDEN =
            "Add the address of Jenkins' controller (with via: 'agent', that of the agent) to the acl in the VCL.";

    /** A client for the documented VCL. */
    public VarnishClient(boolean soft) {
        this(soft, VarnishDialect.DOCUMENTED);
    }

    @Override
    public String service() {
        return "Varnish";
    }

    @Override
    public ApiCall<PurgeOutcome> purge(ApiUrl cache, PurgeScope pages) {
        VarnishRequest request = dialect.request(pages, host(cache, pages), soft);
        return new CacheRequest(
                        service(),
                        request.method(),
                        "",
                        request.headers(),
                        request::outcome,
                        FORBIDDEN,
                        answer -> Optional.of(FORBIDDEN).filter(advice -> answer.status() == 405 && isOwnPage(answer)),
                        CacheRequest.PASSED_ON)
                .call(cache, pages);
    }

    private static String host(ApiUrl cache, PurgeScope pages) {
        return pages.host().isEmpty()
                ? PageUrl.of(cache.toString()).map(PageUrl::host).orElseThrow()
                : pages.host();
    }

    @Override
    public List<List<String>> batches(List<String> tags) {
        List<List<String>> batches = new ArrayList<>();
        List<String> batch = new ArrayList<>();
        for (String tag : tags) {
            batch.add(tag);
            if (batch.size() > 1 && !dialect.fits(batch)) {
                batches.add(List.copyOf(batch.subList(0, batch.size() - 1)));
                batch = new ArrayList<>(List.of(tag));
            }
        }
        batches.add(List.copyOf(batch));
        return batches;
    }

    @Override
    public Optional<ApiCall<DialectProbe>> dialectProbe(ApiUrl cache, PurgeScope pages) {
        return dialect.refusal(pages.match())
                .map(refusal -> new DialectProbe(dialect.symbol(), refusal).call(service(), cache, pages, FORBIDDEN));
    }

    /** True for the refusal in the examples of Varnish' documentation; a forwarded page has a {@code Via}. */
    static boolean isOwnPage(ApiResponse answer) {
        return answer.header("Server").orElse("").startsWith("Varnish")
                && answer.header("Via").isEmpty();
    }
}
