package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.HOST;
import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each real cache loses, and what it keeps. */
class RealCachesTest {

    @AutoClose
    private final RunningCaches running = new RunningCaches();

    private final OriginServer origin = running.origin();
    private final List<String> console = new ArrayList<>();

    private String start(CacheSoftware software, String purger) {
        return running.start(software, site -> CacheProcess.start(software, site, purger))
                .url();
    }

    private String start(CacheSoftware software) {
        return running.start(software).url();
    }

    private CachePurger purging(CacheSoftware software) {
        return new CachePurger(software.server(), console::add, Duration.ofSeconds(20));
    }

    private static PurgeSelection paths(String... paths) {
        return new PurgeSelection(SelectionType.PATHS, List.of(paths));
    }

    private static List<String> statuses(PurgeResult result) {
        return result.requests().stream().map(PurgeResult.RequestResult::status).toList();
    }

    @ParameterizedTest
    @EnumSource
    void pathsAndNothingElse(CacheSoftware software) throws Exception {
        String cache = start(software);
        List<String> others = List.of("/", "/a", "/news/2?page=1", "/news/", "/news/10", "/News/1", "/news/1?x=1");
        Stream.concat(Stream.of("/news/1", "/news/2?page=2"), others.stream()).forEach(path -> sees(cache, path));
        sees(cache, "other.example.org", "/news/1");
        origin.change();
        assertEquals("edition 1 of /news/1", sees(cache, "/news/1"), "it caches");

        PurgeResult result = purging(software).purge(paths("/news/1", "/news/2?page=2", "/never/seen"), cache);

        assertEquals(List.of("purged", "not cached"), statuses(result));
        assertEquals(
                "3 paths in 3 requests: purged (2 purged, 1 not cached)",
                result.summary().toString());
        assertEquals("edition 2 of /news/1", sees(cache, "/news/1"));
        assertEquals("edition 2 of /news/2", sees(cache, "/news/2?page=2"));
        for (String path : others) {
            assertThat(path, sees(cache, path), containsString("edition 1 of"));
        }
        assertEquals("edition 1 of /news/1", sees(cache, "other.example.org", "/news/1"));
        assertEquals(List.of(), origin.odd());
    }

    /** A page is found by whatever its address is typed as, since visitors ask for it as browsers spell it. */
    @ParameterizedTest
    @EnumSource
    void pagesWithEncodedNamesAndQueries(CacheSoftware software) throws Exception {
        String cache = start(software);
        assertPurgesEncodedPages(software, cache, cache);
    }

    private void assertPurgesEncodedPages(CacheSoftware software, String cache, String purgedAt) throws Exception {
        ENCODED.forEach(path -> sees(cache, path));
        sees(cache, "/größe.html?q=other");
        origin.change();
        PurgeResult result = purging(software).purge(paths(TYPED), purgedAt);
        assertEquals(List.of("purged"), statuses(result));
        ENCODED.forEach(path -> assertThat(path, sees(cache, path), containsString("edition 2 of")));
        assertThat(sees(cache, "/größe.html?q=other"), containsString("edition 1 of"));
    }

    private static final String[] TYPED = {
        "/größe.html", "/a b/ü.html?q=x y&é=ñ", "/a%20b%C3%BC.html", "/news?page=1&sort=up", "/x'(y)!{z}.html"
    };

    private static final List<String> ENCODED = List.of(
            "/gr%C3%B6%C3%9Fe.html",
            "/a%20b/%C3%BC.html?q=x%20y&%C3%A9=%C3%B1",
            "/a%20b%C3%BC.html",
            "/news?page=1&sort=up",
            "/x'(y)!%7Bz%7D.html");

    @Test
    void nginxWithAPurgeLocation() throws Exception {
        CacheProcess cache =
                running.start(CacheSoftware.NGINX, site -> CacheProcess.nginxWithPurgeLocation(site, CacheProcess.ME));
        assertPurgesEncodedPages(CacheSoftware.NGINX, cache.url(), cache.url() + "/purge");
        PurgeResult never =
                purging(CacheSoftware.NGINX).purge(paths("/never/seen", "/purge/a"), cache.url() + "/purge");
        assertEquals(List.of("not cached"), statuses(never));
    }

    @Test
    void nginxWithAPurgeLocationForbidsIt() throws Exception {
        CacheProcess cache = running.start(
                CacheSoftware.NGINX, site -> CacheProcess.nginxWithPurgeLocation(site, CacheProcess.SOMEBODY_ELSE));
        ApiException problem = assertThrows(
                ApiException.class, () -> purging(CacheSoftware.NGINX).purge(paths("/a"), cache.url() + "/purge"));
        assertEquals(403, problem.status().orElseThrow());
        assertThat(problem.getMessage(), containsString("Allow purges from the address of Jenkins' controller"));
    }

    /** nginx itself answers so to a method that it does not know, also to somebody who may purge elsewhere. */
    @Test
    void nginxThatServesFiles() throws Exception {
        CacheProcess cache = running.start(CacheSoftware.NGINX, CacheProcess::nginxWithFiles);
        ApiException problem = assertThrows(
                ApiException.class, () -> purging(CacheSoftware.NGINX).purge(paths("/a"), cache.url()));
        assertEquals(405, problem.status().orElseThrow());
        assertThat(problem.getMessage(), containsString("Add proxy_cache_purge to that location in nginx.conf."));
    }

    @Test
    void trafficServerThatDoesNotKnowTheHost() throws Exception {
        String cache = start(CacheSoftware.TRAFFIC_SERVER);
        ApiException problem = assertThrows(
                ApiException.class,
                () -> purging(CacheSoftware.TRAFFIC_SERVER).purge(paths("/a"), "unknown.example.org", List.of(cache)));
        assertEquals(404, problem.status().orElseThrow());
        assertThat(problem.getMessage(), containsString("Map the host in remap.config, or correct it."));
    }

    @ParameterizedTest
    @EnumSource
    void urlsOfSeveralHosts(CacheSoftware software) throws Exception {
        String cache = start(software);
        for (String host : List.of(HOST, "other.example.org")) {
            sees(cache, host, "/a");
            sees(cache, host, "/b%20b");
        }
        origin.change();
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS, List.of("http://WWW.example.org/a", "http://other.example.org/b b"));
        assertEquals(List.of("purged"), statuses(purging(software).purge(urls, "", List.of(cache))));
        assertEquals("edition 2 of /a", sees(cache, "/a"));
        assertEquals("edition 1 of /b%20b", sees(cache, "/b%20b"));
        assertEquals("edition 1 of /a", sees(cache, "other.example.org", "/a"));
        assertEquals("edition 2 of /b%20b", sees(cache, "other.example.org", "/b%20b"));
    }

    @ParameterizedTest
    @EnumSource
    void theHostIsThatOfTheCacheItselfUnlessNamed(CacheSoftware software) throws Exception {
        String cache = start(software);
        String own = cache.replace("http://", "");
        sees(cache, own, "/a");
        sees(cache, "/a");
        origin.change();
        purging(software).purge(paths("/a"), "", List.of(cache));
        assertEquals("edition 2 of /a", sees(cache, own, "/a"));
        assertEquals("edition 1 of /a", sees(cache, "/a"));
    }

    @ParameterizedTest
    @EnumSource
    void eachInstance(CacheSoftware software) throws Exception {
        List<String> caches = List.of(start(software), start(software));
        caches.forEach(cache -> sees(cache, "/a"));
        sees(caches.get(1), "/b");
        origin.change();
        PurgeResult result = purging(software).purge(paths("/a", "/b"), HOST, caches);
        assertEquals(List.of("purged", "not cached", "purged"), statuses(result));
        caches.forEach(cache -> assertEquals("edition 2 of /a", sees(cache, "/a")));
    }

    /** The others are purged, and the step says which one is down. */
    @ParameterizedTest
    @EnumSource
    void oneInstanceIsDown(CacheSoftware software) throws Exception {
        String down = "http://127.0.0.1:" + CacheProcess.portOfNobody();
        List<String> caches = List.of(down, start(software), start(software));
        caches.stream().skip(1).forEach(cache -> sees(cache, "/a"));
        origin.change();
        CachePurger purging = new CachePurger(software.server(), console::add, Duration.ofSeconds(3));
        ApiException problem = assertThrows(ApiException.class, () -> purging.purge(paths("/a", "/b"), HOST, caches));
        caches.stream().skip(1).forEach(cache -> assertEquals("edition 2 of /a", sees(cache, "/a")));
        assertEquals(ApiException.Kind.TIMED_OUT, problem.kind());
        assertThat(
                problem.getMessage(),
                allOf(
                        containsString("PURGE %s/a could not be reached: connection refused".formatted(down)),
                        containsString(
                                "Last known: 4 of 6 paths done; purged at: %s, %s; not purged at: %s; 0 of 2 paths done; "
                                        .formatted(caches.get(1), caches.get(2), down))));
    }

    @ParameterizedTest
    @EnumSource
    void oneInstanceForbidsIt(CacheSoftware software) throws Exception {
        List<String> caches = List.of(start(software, CacheProcess.SOMEBODY_ELSE), start(software));
        caches.forEach(cache -> sees(cache, "/a"));
        origin.change();
        ApiException problem =
                assertThrows(ApiException.class, () -> purging(software).purge(paths("/a"), HOST, caches));
        assertEquals("edition 1 of /a", sees(caches.get(0), "/a"));
        assertEquals("edition 2 of /a", sees(caches.get(1), "/a"));
        assertThat(
                problem.getMessage(),
                allOf(
                        containsString("purge path /a at 2 instances and failed at 1 of them"),
                        containsString("/a of %s at %s and answered HTTP 403".formatted(HOST, caches.get(0))),
                        containsString("Jenkins' controller"),
                        containsString("Purged at: %s.".formatted(caches.get(1)))));
    }

    @ParameterizedTest
    @EnumSource
    void itIsForbidden(CacheSoftware software) {
        String cache = start(software, CacheProcess.SOMEBODY_ELSE);
        sees(cache, "/a");
        origin.change();
        ApiException problem =
                assertThrows(ApiException.class, () -> purging(software).purge(paths("/a"), cache));
        assertEquals(403, problem.status().orElseThrow());
        assertThat(problem.getMessage(), containsString("Jenkins' controller"));
        assertEquals("edition 1 of /a", sees(cache, "/a"));
        assertEquals(List.of(), origin.odd());
    }

    /** Each kind of cache is told by its answers, so that a success of one is none where another is expected. */
    @ParameterizedTest
    @EnumSource
    void anotherCacheThanExpected(CacheSoftware software) {
        String cache = start(software);
        sees(cache, "/a");
        for (CacheSoftware expected : CacheSoftware.values()) {
            if (expected != software) {
                assertThrows(ApiException.class, () -> purging(expected).purge(paths("/a"), cache), expected::name);
            }
        }
    }

    /** An application may answer what it likes: nothing of it means that a page was purged, or was not there. */
    @ParameterizedTest
    @EnumSource
    void aCacheThatPassesItOn(CacheSoftware software) {
        CacheProcess cache = running.start(software, site -> CacheProcess.unprepared(software, site));
        for (int status : List.of(200, 201, 202, 204, 404, 405, 412)) {
            origin.answerOdd(status);
            ApiException problem =
                    assertThrows(ApiException.class, () -> purging(software).purge(paths("/a"), cache.url()));
            assertEquals(
                    software == CacheSoftware.SQUID ? 403 : status,
                    problem.status().orElseThrow());
        }
        assertEquals(software == CacheSoftware.SQUID ? 0 : 7, origin.odd().size());
    }

    /** What differs by a header of the visitor: Varnish and Traffic Server drop all of it, the others what fits the request. */
    @ParameterizedTest
    @EnumSource
    void pagesThatVary(CacheSoftware software) throws Exception {
        String cache = start(software);
        List<String> encodings = List.of("identity", "gzip", "br");
        encodings.forEach(encoding -> sees(cache, HOST, "/vary/a", encoding));
        origin.change();
        purging(software).purge(paths("/vary/a"), cache);
        List<String> old = encodings.stream()
                .filter(encoding -> sees(cache, HOST, "/vary/a", encoding).equals("edition 1 of /vary/a"))
                .toList();
        switch (software) {
            case VARNISH, TRAFFIC_SERVER -> assertEquals(List.of(), old);
            case NGINX -> assertEquals(List.of("identity", "br"), old);
            case SQUID -> assertEquals(List.of("br"), old);
        }
    }
}
