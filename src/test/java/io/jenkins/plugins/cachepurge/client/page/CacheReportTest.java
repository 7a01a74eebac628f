package io.jenkins.plugins.cachepurge.client.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers say about caches. */
class CacheReportTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.500Z");

    private static ApiResponse answer(String... namesAndValues) {
        return new ApiResponse(200, Headers.of(namesAndValues), "", false, NOW);
    }

    private static CacheReport report(String... namesAndValues) {
        return CacheReport.of(answer(namesAndValues));
    }

    private static String outcome(String header, String value) {
        return report(header, value).outcome().map(CacheOutcome::text).orElse("unknown");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "'512 ', 512", "'10, 20', 10", "0007, 7", "99999999999999999999999, 2147483648"})
    void age(String value, long seconds) {
        assertEquals(
                Optional.of(Duration.ofSeconds(seconds)), report("Age", value).age());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+5", "1.5", "abc", "5s", "0x10", "१२", ", 5", "5;q=1"})
    void nonsenseIsNoAge(String value) {
        assertEquals(
                Optional.empty(),
                CacheReport.of(new ApiResponse(
                                200,
                                new Headers.Builder()
                                        .addUnsafeNonAscii("Age", value)
                                        .build(),
                                "",
                                false,
                                NOW))
                        .age());
    }

    @Test
    void ofSeveralHeadersTheFirstAgeCounts() {
        assertEquals(
                Optional.of(Duration.ofSeconds(3)),
                report("Age", "3", "Age", "900").age());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ExampleCache; hit; ttl=376|hit",
                "ExampleCache; hit; ttl=-412|stale",
                "ExampleCache; fwd=uri-miss|miss",
                "ExampleCache; fwd=vary-miss; stored|miss",
                "ExampleCache; fwd=stale; fwd-status=304|revalidated",
                "ExampleCache; fwd=stale; fwd-status=200|miss",
                "ExampleCache; fwd=request|miss",
                "ExampleCache; fwd=bypass|bypass",
                "ExampleCache; fwd=method|bypass",
                "ExampleCache; fwd=uri-miss; collapsed=?0|miss",
                "OriginCache; hit; ttl=1100; collapsed, \"CDN Company Here\"; hit; ttl=545|hit",
                "OriginCache; hit; ttl=1100, Edge; fwd=uri-miss|hit",
                "OriginCache; fwd=uri-miss, Edge; hit; ttl=-3|stale",
                "OriginCache; fwd=bypass, Edge; fwd=uri-miss|miss",
                "ExampleCache; hit=?0|unknown",
                "ExampleCache; hit; fwd=stale|unknown",
                "ExampleCache; hit=1|unknown",
                "ExampleCache; fwd=\"uri-miss\"|unknown",
                "ExampleCache; hit;|unknown",
                "5; hit|unknown",
                "(a b); hit|unknown"
            })
    void cacheStatus(String value, String expected) {
        assertEquals(expected, outcome("Cache-Status", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HIT|hit",
                "MISS|miss",
                "EXPIRED|miss",
                "STALE|stale",
                "UPDATING|stale",
                "REVALIDATED|revalidated",
                "BYPASS|bypass",
                "DYNAMIC|bypass",
                "NONE/UNKNOWN|unknown"
            })
    void cloudflare(String value, String expected) {
        assertEquals(expected, outcome("CF-Cache-Status", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hit from cloudfront|hit",
                "Miss from cloudfront|miss",
                "RefreshHit from cloudfront|revalidated",
                "Error from cloudfront|unknown",
                "HIT, MISS|hit",
                "MISS, HIT|hit",
                "MISS, MISS|miss",
                "TCP_HIT|hit",
                "TCP_MISS from a123|miss",
                "HIT from cache.example.org|hit",
                "nonsense|unknown"
            })
    void otherCaches(String value, String expected) {
        assertEquals(expected, outcome("X-Cache", value));
    }

    @Test
    void theStandardHeaderIsBelievedFirst() {
        CacheReport report = report("X-Cache", "HIT", "CF-Cache-Status", "STALE", "Cache-Status", "Edge; fwd=uri-miss");
        assertEquals(Optional.of(CacheOutcome.MISS), report.outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Amz-Cf-Pop|FRA56-P4|FRA56-P4",
                "X-Served-By|cache-jfk1041-JFK, cache-ord1720-ORD|ORD",
                "X-Served-By|web01|",
                "CF-Ray|8f2d1c3b4a5e6f70-FRA|FRA",
                "CF-Ray|8f2d1c3b4a5e6f70|",
                "X-Amz-Cf-Pop|<script>|"
            })
    void place(String header, String value, String expected) {
        assertEquals(Optional.ofNullable(expected), report(header, value).place());
    }

    @Test
    void inWords() {
        assertEquals(
                "Age 512, hit, from FRA",
                report("Age", "512", "X-Cache", "HIT", "CF-Ray", "8f-FRA").toString());
        assertEquals("", report().toString());
    }
}
