package io.jenkins.plugins.cachepurge.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiObjectType;
import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontClient;
import io.jenkins.plugins.cachepurge.client.cloudfront.CloudFrontTarget;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeType;
import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope;
import io.jenkins.plugins.cachepurge.client.httpcache.VarnishClient;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and responses on a Jenkins whose language has digits of its own. */
class LocaleTest {

    private static final ApiUrl API = ApiUrl.of("https://api.example.org");
    private static final BuddyPipelineRef PIPELINE = new BuddyPipelineRef("acme", "website", 1234);

    private static final CloudFrontTarget TARGET =
            new CloudFrontTarget(CloudFrontTarget.Type.DISTRIBUTION, "EDFDVBD6EXAMPLE");

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void setLocale() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        assertEquals("\u0661\u0662", "%d".formatted(12), "the test's own locale");
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    static List<ApiCall<?>> callsWithNumbers() {
        return List.of(
                new AzureFrontDoorClient(API, "s", "g", "p", "e").purge(List.of("/a", "/b"), List.of()),
                new GoogleCdnClient(API, "p", "m")
                        .invalidate(new GoogleCdnClient.Rule("/a", null, null), "k", "path /a"),
                new AkamaiClient(API, AkamaiNetwork.STAGING, Optional.empty())
                        .purge(AkamaiObjectType.CPCODE, List.of(1234L), false),
                new BuddyClient(API).clearCache(PIPELINE),
                new BuddyClient(API).runDelayed(PIPELINE, 1234),
                new BuddyClient(API).execution(PIPELINE, 1234),
                new BuddyClient(API).cancel(PIPELINE, 1234),
                new BunnyClient(API).purgeAll(1234),
                new BunnyClient(API).purgeTag(1234, "t"),
                new CloudFrontClient(API).create(TARGET, Collections.nCopies(1234, "/a"), "path", "r"),
                new CloudFrontClient(API).list(TARGET, Optional.empty(), 100),
                new GcoreClient(API).purgePaths(1234, List.of("/a", "/b")),
                new GcoreClient(API).purges("cdn.example.org", GcorePurgeType.values()[0], Instant.EPOCH, 1234),
                new KeyCdnClient(API).purgeUrls(1234, List.of("a.example.org/1", "a.example.org/2")),
                new ScalewayClient(API).purge("p", List.of("/a", "/b")),
                new ScalewayClient(API).list("p", SortOrder.values()[0], 1234, 50),
                new VarnishClient(false)
                        .purge(API, new PurgeScope("a.example.org:8080", "/1", PurgeScope.Match.EXACT)));
    }

    @ParameterizedTest
    @MethodSource("callsWithNumbers")
    void requestsHaveAsciiDigits(ApiCall<?> call) {
        assertAscii(call.request().url().toString());
        assertAscii(call.request().bodyText().orElse(""));
        call.request().headers().values().forEach(LocaleTest::assertAscii);
    }

    /** Ids and statuses in them are looked up, and searched for. */
    @ParameterizedTest
    @MethodSource("callsWithNumbers")
    void messagesHaveAsciiDigits(ApiCall<?> call) {
        for (int status : List.of(200, 404, 500)) {
            ApiException problem = TestResponses.refused(call, TestResponses.answer(status, "<html>"));
            assertAscii(problem.getMessage());
        }
    }

    private static void assertAscii(String text) {
        assertFalse(text.chars().anyMatch(c -> c > 0x7f && Character.isDigit(c)), text);
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT, 200, Page purged, PURGED",
        "EXACT, 404, Page not cached, NOT_CACHED",
        "PREFIX, 200, Prefix banned, PURGED_OR_NOT_CACHED"
    })
    void readsVarnishsStatusLine(PurgeScope.Match match, int status, String reason, PurgeOutcome outcome) {
        ApiCall<PurgeOutcome> call = new VarnishClient(false).purge(API, new PurgeScope("", "/1", match));
        ApiResponse answer = new ApiResponse(status, reason, Headers.of(), "", false, Instant.EPOCH);
        assertEquals(new Outcome.Success<>(outcome), call.read(answer, Redactor.NONE));
    }
}
