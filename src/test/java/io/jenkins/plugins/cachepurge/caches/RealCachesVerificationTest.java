package io.jenkins.plugins.cachepurge.caches;

import static io.jenkins.plugins.cachepurge.caches.PageFetcher.sees;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.AddressScope;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.engine.StandaloneEngine;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.NewerThan;
import io.jenkins.plugins.cachepurge.operation.verify.PageResult;
import io.jenkins.plugins.cachepurge.operation.verify.PageToVerify;
import io.jenkins.plugins.cachepurge.operation.verify.PageVerification;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verification of pages that real caches serve, stale ones included. */
class RealCachesVerificationTest {

    private static final AddressRule THIS_MACHINE = new AddressRule(AddressScope.LOCAL, 0);

    @AutoClose
    private final RunningCaches running = new RunningCaches();

    private final OriginServer origin = running.origin();
    private final List<String> console = new ArrayList<>();

    private String start(CacheSoftware software) {
        return running.start(software).url();
    }

    private static Expectations text(String text) {
        return new Expectations(200, Optional.of(text), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    }

    private static Expectations newerThan(Instant purge) {
        return new Expectations(
                200,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(new NewerThan(purge, "the purge")));
    }

    /** @param onLine called with each line of the console */
    private VerificationResult verify(
            Expectations expected, Duration timeout, java.util.function.Consumer<String> onLine, String... urls)
            throws ApiException {
        List<PageToVerify> pages = List.of(urls).stream()
                .map(url -> new PageToVerify(
                        PageUrl.of(url).orElseThrow(),
                        THIS_MACHINE,
                        Map.of("Host", PageFetcher.HOST),
                        false,
                        Optional.empty()))
                .toList();
        OkHttpTransport transport = new OkHttpTransport(
                HttpLimits.applyTo(new OkHttpClient.Builder()).build(), "cache-purge/test", InstantSource.system());
        try (StandaloneEngine engine = new StandaloneEngine(transport)) {
            return engine.run(
                    new PageVerification(pages, expected, 2, Optional.empty()).operation(),
                    timeout,
                    Signer.NONE,
                    line -> {
                        console.add(line.toString());
                        onLine.accept(line.toString());
                    });
        } catch (ApiException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void purge(CacheSoftware software, String cache) {
        try {
            new CachePurger(software.server()).purge(PurgeSelection.paths("/a"), cache);
        } catch (ApiException e) {
            throw new AssertionError(e);
        }
    }

    /** While the cache serves the old page the step waits; when it was purged it ends. */
    @ParameterizedTest
    @EnumSource
    void aStalePageIsNoticedAndAPurgedOneIsGood(CacheSoftware software) throws Exception {
        String cache = start(software);
        sees(cache, "/a");
        origin.change();
        AtomicBoolean purged = new AtomicBoolean();
        VerificationResult result = verify(
                text("edition 2 of /a"),
                Duration.ofSeconds(60),
                line -> {
                    if (line.contains("not the expected version") && purged.compareAndSet(false, true)) {
                        purge(software, cache);
                    }
                },
                cache + "/a");
        assertTrue(purged.get(), "it was stale");
        assertTrue(result.pages().get(0).tries() >= 3, "a stale answer and two good ones");
    }

    @ParameterizedTest
    @EnumSource
    void aPageThatStaysStaleFails(CacheSoftware software) {
        String cache = start(software);
        sees(cache, "/a");
        origin.change();
        ApiException problem = assertThrows(
                ApiException.class,
                () -> verify(text("edition 2 of /a"), Duration.ofSeconds(3), line -> {}, cache + "/a"));
        assertEquals(ApiException.Kind.TIMED_OUT, problem.kind());
        assertThat(problem.getMessage(), containsString("%s/a: not the expected version: ".formatted(cache)));
        assertThat(problem.getMessage(), containsString("without the expected text"));
    }

    /** Caches that tell the age prove that a copy is newer than a purge; nginx tells none. */
    @ParameterizedTest
    @EnumSource
    void aCopyIsNewerThanThePurge(CacheSoftware software) throws Exception {
        String cache = start(software);
        sees(cache, "/a");
        Thread.sleep(4000);
        Instant purge = Instant.now();
        if (software == CacheSoftware.NGINX) {
            ApiException problem = assertThrows(
                    ApiException.class,
                    () -> verify(newerThan(purge), Duration.ofSeconds(60), line -> {}, cache + "/a"));
            assertThat(problem.getMessage(), containsString("without the header Age"));
            return;
        }
        ApiException stale = assertThrows(
                ApiException.class, () -> verify(newerThan(purge), Duration.ofSeconds(2), line -> {}, cache + "/a"));
        assertThat(stale.getMessage(), containsString("stored before the purge"));
        purge(software, cache);
        List<PageResult> pages = verify(newerThan(purge), Duration.ofSeconds(30), line -> {}, cache + "/a")
                .pages();
        assertTrue(pages.get(0).age() <= 5, () -> "age " + pages.get(0).age());
    }

    /** After a soft purge the first answer is stale by design, while the new page is fetched: the step looks again. */
    @Test
    void aSoftPurgeServesTheOldPageOnceMore() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        sees(cache, "/a");
        origin.change();
        new CachePurger(new VarnishClient(true)).purge(PurgeSelection.paths("/a"), cache);
        VerificationResult result = verify(text("edition 2 of /a"), Duration.ofSeconds(30), line -> {}, cache + "/a");
        assertTrue(
                console.stream().anyMatch(line -> line.contains("not the expected version")),
                () -> "the first answer was stale: " + console);
        assertTrue(result.pages().get(0).tries() >= 3);
    }

    /** A cache behind another one, which still has the old page. */
    @Test
    void aStaleOuterCacheIsNoticedThoughTheInnerIsPurged() throws Exception {
        String inner = start(CacheSoftware.VARNISH);
        String outer = start(CacheSoftware.SQUID);
        sees(inner, "/a");
        sees(outer, "/a");
        origin.change();
        purge(CacheSoftware.VARNISH, inner);
        verify(text("edition 2 of /a"), Duration.ofSeconds(20), line -> {}, inner + "/a");
        ApiException problem = assertThrows(
                ApiException.class,
                () -> verify(text("edition 2 of /a"), Duration.ofSeconds(3), line -> {}, inner + "/a", outer + "/a"));
        assertThat(
                problem.getMessage(), containsString("1 of 2 pages done; " + outer + "/a: not the expected version"));
    }

    /** Fifty pages of a real cache take little more than the slowest of them. */
    @Test
    void manyPagesSideBySide() throws Exception {
        String cache = start(CacheSoftware.VARNISH);
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            urls.add(cache + "/page-" + i);
        }
        VerificationResult result =
                verify(text("edition 1 of"), Duration.ofSeconds(30), line -> {}, urls.toArray(String[]::new));
        assertEquals(50, result.pages().size());
        assertEquals(
                List.of(2),
                result.pages().stream().map(PageResult::tries).distinct().toList());
    }
}
