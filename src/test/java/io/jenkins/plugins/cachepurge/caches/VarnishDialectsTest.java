package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.HOST;
import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope.Match;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishDialect;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Purges by tags in a real Varnish, with the documented VCL and with those of other projects. */
@Tag("reliability")
class VarnishDialectsTest {

    /** Where Debian's package varnish-modules puts it, on any machine. */
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final List<AutoCloseable> running = new ArrayList<>();
    private TaggedSite site;

    @BeforeEach
    void isInstalled() {
        assumeTrue(CacheSoftware.VARNISH.installed(), "Varnish is not installed");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private static boolean hasXkey() throws Exception {
        try (Stream<Path> files = Files.find(LIBRARIES, 4, (file, any) -> file.endsWith("libvmod_xkey.so"))) {
            return files.findAny().isPresent();
        }
    }

    private static void assumeXkey() throws Exception {
        assumeTrue(hasXkey(), "the module xkey is not installed");
    }

    private OriginServer origin(TaggedSite pages) {
        site = pages;
        OriginServer origin = new OriginServer(pages);
        running.add(origin);
        return origin;
    }

    private static TaggedSite pages(VarnishDialect dialect) {
        return switch (dialect) {
            case DOCUMENTED, SHOPWARE, FOS_XKEY -> new TaggedSite("xkey", " ");
            case FOS_HTTP_CACHE -> new TaggedSite("X-Cache-Tags", ",");
            case DRUPAL -> new TaggedSite("Purge-Cache-Tags", " ");
            case MAGENTO -> new TaggedSite("X-Magento-Tags", ",");
            case API_PLATFORM -> new TaggedSite("Cache-Tags", ",");
        };
    }

    private String start(VarnishDialect dialect) throws Exception {
        OriginServer origin = origin(pages(dialect));
        if (dialect == VarnishDialect.DOCUMENTED) {
            return start(CacheProcess.start(CacheSoftware.VARNISH, origin));
        }
        String vcl = DialectVcl.of(dialect);
        assumeTrue(!vcl.contains("xkey;") || hasXkey(), "the module xkey is not installed");
        return start(CacheProcess.varnish(vcl, origin));
    }

    private String start(CacheProcess cache) {
        running.add(0, cache);
        return cache.url();
    }

    private static CachePurger purger(VarnishDialect dialect, boolean soft) {
        return new CachePurger(new VarnishClient(soft, dialect));
    }

    private static PurgeResult purge(VarnishDialect dialect, String cache, PurgeSelection selection)
            throws ApiException {
        return purger(dialect, false).purge(selection, cache);
    }

    private static PurgeSelection tags(String... tags) {
        return new PurgeSelection(SelectionType.TAGS, List.of(tags));
    }

    private String visit(String cache, String path) {
        return sees(cache, path);
    }

    private void assertPurged(String cache, String... paths) {
        for (String path : paths) {
            assertEquals("edition 2", visit(cache, path), path);
        }
    }

    private void assertKept(String cache, String... paths) {
        for (String path : paths) {
            assertEquals("edition 1", visit(cache, path), path);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tagsAndNothingElse(VarnishDialect dialect) throws Exception {
        String cache = start(dialect);
        List.of("/t:1", "/a/t:1", "/x.y(z)/b", "/t:10", "/xt:1", "/xzy(z)", "/other")
                .forEach(path -> visit(cache, path));
        site.change();

        PurgeResult result = purge(dialect, cache, tags("t:1", "x.y(z)", "never"));

        assertTrue(List.of("purged", "purged if cached").contains(result.status()), result::status);
        assertEquals(3, result.requests().get(0).count());
        assertPurged(cache, "/t:1", "/a/t:1", "/x.y(z)/b");
        assertKept(cache, "/t:10", "/xt:1", "/xzy(z)", "/other");
    }

    @ParameterizedTest
    @EnumSource
    void longListsAreSeveralRequests(VarnishDialect dialect) throws Exception {
        String cache = start(dialect);
        visit(cache, "/tag-0");
        visit(cache, "/tag-1999");
        visit(cache, "/tag-2000");
        site.change();
        String[] many = IntStream.range(0, 2000).mapToObj(i -> "tag-" + i).toArray(String[]::new);

        PurgeResult result = purge(dialect, cache, tags(many));

        assertTrue(result.statuses().total() > 1, () -> result.summary().toString());
        assertEquals(
                2000,
                result.requests().stream()
                        .mapToInt(PurgeResult.RequestResult::count)
                        .sum());
        assertPurged(cache, "/tag-0", "/tag-1999");
        assertKept(cache, "/tag-2000");
    }

    /** The VCL of the manual and of many examples purges the page of the request, and would say so. */
    @ParameterizedTest
    @EnumSource
    void anotherVclIsNoSuccess(VarnishDialect dialect) throws Exception {
        OriginServer origin = origin(pages(dialect));
        String cache = start(CacheProcess.varnish("""
                vcl 4.1;
                backend default {
                    .host = "127.0.0.1";
                    .port = "PORT";
                }
                sub vcl_recv {
                    if (req.method == "PURGE") {
                        return (purge);
                    }
                    if (req.method == "BAN") {
                        ban("req.http.host == " + req.http.host + " && req.url == " + req.url);
                        return (synth(200, "Ban added"));
                    }
                }
                """, origin));
        visit(cache, "/t:1");
        site.change();
        ApiException problem = assertThrows(ApiException.class, () -> purge(dialect, cache, tags("t:1")));
        assertEquals(ApiException.Kind.UNREADABLE, problem.kind(), problem::getMessage);
        assertKept(cache, "/t:1");
    }

    @ParameterizedTest
    @EnumSource
    void pagesPrefixesAndEverything(VarnishDialect dialect) throws Exception {
        String cache = start(dialect);
        if (dialect.supports(Match.EXACT)) {
            visit(cache, "/page");
            visit(cache, "/page/2");
            site.change();
            purge(dialect, cache, PurgeSelection.paths("/page"));
            assertPurged(cache, "/page");
            assertKept(cache, "/page/2");
            site.edition()[0] = 1;
        }
        if (dialect.supports(Match.PREFIX)) {
            visit(cache, "/img.a/1");
            visit(cache, "/imgxa/1");
            site.change();
            purge(dialect, cache, new PurgeSelection(SelectionType.PREFIXES, List.of("/img.a/")));
            assertPurged(cache, "/img.a/1");
            assertKept(cache, "/imgxa/1");
            site.edition()[0] = 1;
        }
        if (dialect.supports(Match.ALL)) {
            visit(cache, "/all/1");
            sees(cache, "other.example.org", "/all/2");
            site.change();
            purger(dialect, false).purge(PurgeSelection.all(), "", List.of(cache));
            assertPurged(cache, "/all/1");
            assertEquals("edition 2", sees(cache, "other.example.org", "/all/2"));
        }
    }

    @Test
    void softByTags() throws Exception {
        assumeXkey();
        String fos = start(VarnishDialect.FOS_XKEY);
        visit(fos, "/a");
        assertEquals(
                "marked as stale",
                purger(VarnishDialect.FOS_XKEY, true).purge(tags("a"), fos).status());

        String own = start(CacheProcess.varnishWithXkey(origin(pages(VarnishDialect.DOCUMENTED))));
        visit(own, "/a");
        visit(own, "/b");
        site.change();
        CachePurger soft = purger(VarnishDialect.DOCUMENTED, true);
        assertEquals("marked as stale", soft.purge(tags("a"), own).status());
        assertEquals("edition 1", visit(own, "/a"));
        for (int looks = 0; looks < 100 && !visit(own, "/a").equals("edition 2"); looks++) {
            Thread.sleep(50);
        }
        assertPurged(own, "/a");
        assertKept(own, "/b");
    }

    @Test
    void documentedVclWithXkeyCounts() throws Exception {
        assumeXkey();
        String cache = start(CacheProcess.varnishWithXkey(origin(pages(VarnishDialect.DOCUMENTED))));
        visit(cache, "/a");
        visit(cache, "/a/b");
        visit(cache, "/c");
        site.change();
        assertEquals(
                "purged",
                purge(VarnishDialect.DOCUMENTED, cache, tags("a", "b")).status());
        PurgeResult wrong = purge(VarnishDialect.DOCUMENTED, cache, tags("never"));
        assertEquals("not cached", wrong.status());
        assertEquals(List.of("never"), wrong.notCached());
        assertTrue(wrong.warning().orElseThrow().toString().contains("a wrong tag"));
        assertPurged(cache, "/a", "/a/b");
        assertKept(cache, "/c");
    }

    /** Bans cannot mark as stale. */
    @Test
    void documentedVclWithoutXkeyRefusesSoft() throws Exception {
        String cache = start(VarnishDialect.DOCUMENTED);
        visit(cache, "/a");
        ApiException problem = assertThrows(
                ApiException.class,
                () -> purger(VarnishDialect.DOCUMENTED, true).purge(tags("a"), HOST, List.of(cache)));
        assertTrue(
                problem.getMessage().contains("answered HTTP 400: Soft purges of tags need xkey"), problem::getMessage);
    }
}
