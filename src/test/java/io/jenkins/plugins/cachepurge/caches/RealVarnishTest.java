package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.HOST;
import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.httpcache.NginxClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What Varnish can and the others cannot; and what nginx seems to. */
class RealVarnishTest {

    private static final PurgeSelection EVERYTHING = PurgeSelection.all();

    @AutoClose
    private final RunningCaches running = new RunningCaches();

    private final OriginServer origin = running.origin();
    private final CachePurger purging = new CachePurger(new VarnishClient(false));

    private String start(CacheSoftware software) {
        return running.start(software).url();
    }

    private static PurgeSelection prefixes(String... prefixes) {
        return new PurgeSelection(SelectionType.PREFIXES, List.of(prefixes));
    }

    @Test
    void prefixesAndNothingElse() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        List<String> gone = List.of("/img/", "/img/a", "/img/b/c?d=1", "/p+(x)$.a", "/q?a=1", "/q?a=12");
        List<String> kept =
                List.of("/", "/img", "/IMG/a", "/imgs/a", "/x/img/a", "/pp(x)", "/p+(x)$xa", "/q?a=2", "/q", "/pxx");
        gone.forEach(path -> sees(cache, path));
        kept.forEach(path -> sees(cache, path));
        sees(cache, "other.example.org", "/img/a");
        sees(cache, "other.example.org", "/js/a");
        origin.change();

        PurgeResult result = purging.purge(prefixes("/img/", "/p+(x)$.", "/q?a=1", "other.example.org/js/"), cache);

        assertEquals("purged if cached", result.status());
        gone.forEach(path -> assertThat(path, sees(cache, path), containsString("edition 2 of")));
        kept.forEach(path -> assertThat(path, sees(cache, path), containsString("edition 1 of")));
        assertEquals("edition 1 of /img/a", sees(cache, "other.example.org", "/img/a"));
        assertEquals("edition 2 of /js/a", sees(cache, "other.example.org", "/js/a"));
    }

    @Test
    void everythingOfAHost() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        sees(cache, "/");
        sees(cache, "/a?b");
        sees(cache, "other.example.org", "/");
        sees(cache, "www.example.org.other", "/");
        origin.change();
        purging.purge(EVERYTHING, cache);
        assertEquals("edition 2 of /", sees(cache, "/"));
        assertEquals("edition 2 of /a", sees(cache, "/a?b"));
        assertEquals("edition 1 of /", sees(cache, "other.example.org", "/"));
        assertEquals("edition 1 of /", sees(cache, "www.example.org.other", "/"));
    }

    @Test
    void everything() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        sees(cache, "/");
        sees(cache, "other.example.org", "/");
        origin.change();
        assertEquals(
                "everything in one request: purged if cached",
                purging.purge(EVERYTHING, "", List.of(cache)).summary().toString());
        assertEquals("edition 2 of /", sees(cache, "/"));
        assertEquals("edition 2 of /", sees(cache, "other.example.org", "/"));
        origin.change();
        assertEquals("edition 2 of /", sees(cache, "/"), "it caches what comes later");
    }

    /** One more visitor gets the old page, while Varnish fetches the new one. */
    @Test
    void soft() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        sees(cache, "/a");
        sees(cache, "/b");
        origin.change();
        PurgeSelection what = new PurgeSelection(SelectionType.PATHS, List.of("/a", "/never/seen"));
        PurgeResult result = new CachePurger(new VarnishClient(true)).purge(what, cache);
        assertEquals(
                List.of("not cached", "marked as stale"),
                result.requests().stream()
                        .map(PurgeResult.RequestResult::status)
                        .toList());
        assertEquals("edition 1 of /a", sees(cache, "/a"));
        for (int looks = 0; looks < 100 && !sees(cache, "/a").equals("edition 2 of /a"); looks++) {
            Thread.sleep(50);
        }
        assertEquals("edition 2 of /a", sees(cache, "/a"));
        assertEquals("edition 1 of /b", sees(cache, "/b"));
    }

    /** The usual VCL answers in the same way for any page. */
    @Test
    void theUsualVcl() throws Exception {
        CacheProcess cache = running.start(CacheSoftware.VARNISH, CacheProcess::usualVcl);
        sees(cache.url(), "/a");
        origin.change();
        PurgeSelection pages = new PurgeSelection(SelectionType.PATHS, List.of("/a", "/never/seen"));
        assertEquals(
                "2 paths in 2 requests: purged if cached",
                purging.purge(pages, cache.url()).summary().toString());
        assertEquals("edition 2 of /a", sees(cache.url(), "/a"));
        ApiException problem = assertThrows(ApiException.class, () -> purging.purge(prefixes("/a"), cache.url()));
        assertEquals(ApiException.Kind.UNREADABLE, problem.kind());
    }

    /** The example in Varnish' manual answers 405 to a client that its acl does not name. */
    @Test
    void theManualsVclForbidsIt() throws Exception {
        CacheProcess cache = running.start(CacheSoftware.VARNISH, CacheProcess::manualsVcl);
        for (PurgeSelection what :
                List.of(new PurgeSelection(SelectionType.PATHS, List.of("/a")), prefixes("/a"), EVERYTHING)) {
            ApiException problem = assertThrows(ApiException.class, () -> purging.purge(what, cache.url()));
            assertThat(
                    problem.getMessage(),
                    containsString(
                            "answered HTTP 405: Not allowed. Add the address of Jenkins' controller (with via: 'agent', that of the agent) to the acl in the VCL."));
        }
        assertEquals(List.of(), origin.odd());
    }

    /** A 405 of the application, which Varnish hands on, is not about the acl. */
    @Test
    void theApplicationDoesNotKnowPurge() throws Exception {
        CacheProcess cache =
                running.start(CacheSoftware.VARNISH, site -> CacheProcess.unprepared(CacheSoftware.VARNISH, site));
        origin.answerOdd(405);
        ApiException problem = assertThrows(ApiException.class, () -> purging.purge(prefixes("/a"), cache.url()));
        assertThat(problem.getMessage(), containsString("It may have forwarded the request to the application"));
    }

    /** The module of Debian 12 takes the star for a part of the name, and its 404 would look like a success. */
    @Test
    void nginxWithAModuleThatKnowsNoPrefixes() {
        String cache = start(CacheSoftware.NGINX);
        sees(cache, "/img/a");
        origin.change();
        CachePurger nginx = new CachePurger(new NginxClient(false));
        for (PurgeSelection what : List.of(prefixes("/img/"), EVERYTHING)) {
            ApiException problem = assertThrows(ApiException.class, () -> nginx.purge(what, HOST, List.of(cache)));
            assertThat(problem.getMessage(), containsString("ngx_cache_purge 2.5"));
        }
        assertEquals("edition 1 of /img/a", sees(cache, "/img/a"));
    }
}
