package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.httpcache.HttpCachePurge;
import io.jenkins.plugins.cachepurge.operation.httpcache.PurgeScopes;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A site of two real caches, as with a CDN: visitors ask nginx, nginx asks Varnish, and Varnish asks the origin. */
public final class CachedSite implements AutoCloseable {

    private final OriginServer origin = new OriginServer();
    private final CacheProcess inner;
    private final CacheProcess outer;

    private CachedSite() {
        inner = CacheProcess.start(CacheSoftware.VARNISH, origin);
        outer = CacheProcess.around(inner, CacheSoftware.NGINX, origin);
    }

    /** Whether both caches can be started on this machine. */
    public static boolean isInstalled() {
        return CacheSoftware.VARNISH.installed() && CacheSoftware.NGINX.installed();
    }

    public static CachedSite start() {
        return new CachedSite();
    }

    public OriginServer origin() {
        return origin;
    }

    /** Varnish, which asks the origin. */
    public String innerUrl() {
        return inner.url();
    }

    /** Nginx, which visitors ask. */
    public String outerUrl() {
        return outer.url();
    }

    /** Purges both as a build does, but on this thread; the outer one first if the order is wrong. */
    public PurgeResult purge(PurgeSelection pages, boolean outerFirst, Consumer<String> console) throws ApiException {
        SitePurge.Layer varnish = layer(CacheSoftware.VARNISH, innerUrl(), pages);
        SitePurge.Layer nginx = layer(CacheSoftware.NGINX, outerUrl(), pages);
        SitePurge purge = new SitePurge(
                "www",
                LocalizedText.inOneLanguage("www"),
                pages,
                outerFirst ? List.of(nginx, varnish) : List.of(varnish, nginx));
        return CachePurger.Connection.DEFAULT.run(purge.operation(), Duration.ofSeconds(30), console);
    }

    private static SitePurge.Layer layer(CacheSoftware software, String url, PurgeSelection pages) {
        HttpCachePurge purge = new HttpCachePurge(
                software.symbol(),
                software.server(),
                new PurgeScopes(pages, PageFetcher.HOST),
                List.of(ApiUrl.of(url)));
        return new SitePurge.Layer(software.symbol(), purge.operation());
    }

    @Override
    public void close() {
        outer.close();
        inner.close();
        origin.close();
    }
}
