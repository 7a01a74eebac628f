package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;

@ParameterizedClass
@EnumSource(DriverKind.class)
class CloudflarePurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverything() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        PurgeResult result = stage.bench.run(CloudflareFixture.purgeAll()).succeeded();
        assertEquals(
                "{provider=cloudflare, target=%1$s, status=accepted, what=all, count=0, all=true, paths=0, requests=[{id=%1$s, status=accepted, count=0, paths=0}]}"
                        .formatted(CloudflareFixture.ZONE),
                result.toPipelineValue().toString());
        assertEquals(List.of(List.of()), stage.submitted());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100, '[1]'",
        "100, 100, '[100]'",
        "101, 100, '[100, 1]'",
        "250, 100, '[100, 100, 50]'",
        "31, 30, '[30, 1]'"
    })
    void urlsGoIntoARequestAsTheZoneAllows(int urls, int perRequest, String sizes) {
        CloudflareFixture stage = new CloudflareFixture(kind);
        stage.cloudflare.allowFiles(perRequest);
        PurgeSelection what = new PurgeSelection.Urls(FastlyFixture.numbered("https://www.example.com/", urls));
        stage.bench.run(CloudflareFixture.purge(what, false, perRequest)).succeeded();
        assertEquals(sizes, stage.submitted().stream().map(List::size).toList().toString());
        assertEquals(
                what.values(), stage.submitted().stream().flatMap(List::stream).toList(), "in their order");
    }

    @ParameterizedTest
    @EnumSource(names = {"TAGS", "PREFIXES", "HOSTS"})
    void aHundredOfAnythingElseGoIntoARequest(SelectionType by) {
        CloudflareFixture stage = new CloudflareFixture(kind);
        List<String> values = FastlyFixture.numbered("a", 201).stream()
                .map(value -> by == SelectionType.TAGS ? value : value + ".example.com")
                .toList();
        stage.bench
                .run(CloudflareFixture.purge(PurgeSelection.of(by, values), true, 500))
                .succeeded();
        assertEquals(
                "[100, 100, 1]",
                stage.submitted().stream().map(List::size).toList().toString());
        assertTrue(stage.cloudflare.purges().stream()
                .allMatch(purge -> purge.soft() && purge.by().equals(by.parameter())));
    }

    @Test
    void urlsAreSentAsABrowserWould() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        PurgeSelection what = new PurgeSelection.Urls(List.of("https://WWW.example.com:443/a b/é?x=y z"));
        stage.bench.run(CloudflareFixture.purge(what)).succeeded();
        assertEquals(List.of(List.of("https://www.example.com/a%20b/%C3%A9?x=y%20z")), stage.submitted());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void successFalseIsAnErrorWhateverTheHttpStatus(int status) {
        CloudflareFixture stage = new CloudflareFixture(kind);
        String body =
                "{\"success\":false,\"errors\":[{\"code\":1107,\"message\":\"Only enterprise zones can purge by tag.\"}]}";
        stage.bench
                .service()
                .failEvery(request -> true, Faults.answering(SimResponse.text(status, "application/json", body)));
        ApiException problem = stage.bench
                .run(CloudflareFixture.purge(new PurgeSelection.Tags(List.of("a"))))
                .failed(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR);
        assertTrue(
                problem.getMessage().contains("HTTP %d 1107: Only enterprise".formatted(status)), problem.getMessage());
        assertEquals(1, stage.bench.service().requests().size());
    }

    @Test
    void comesAgainWhenTheRateAllowsIt() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        stage.cloudflare.limitPurges(1, Duration.ofSeconds(12));
        stage.bench.run(CloudflareFixture.purgeUrls(300)).succeeded();
        assertEquals(3, stage.submitted().size());
        assertEquals(5, stage.bench.service().requests().size(), "each but the first was too early once");
        assertTrue(stage.time.passed().compareTo(Duration.ofSeconds(30)) < 0, stage.time.passed()::toString);
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        stage.bench.service().failNext(Faults.actThenCut());
        stage.bench.run(CloudflareFixture.purgeUrls(150)).succeeded();
        assertEquals(
                "[100, 100, 50]",
                stage.submitted().stream().map(List::size).toList().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.example.com/a",
                "/a",
                "www.example.com/a?b=c",
                "www.example.com/a#b",
                "www.example.com:8080/a",
                "user@example.com/a"
            })
    void aPrefixIsHostAndPath(String prefix) {
        PurgeSelection what = new PurgeSelection.Prefixes(List.of("www.example.com/ok", prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(what));
        assertEquals(
                "prefixes: prefix 2 '%s' must be a host and perhaps the start of a path, as www.example.org/blog, without scheme, query and fragment, with 31 slashes at the most"
                        .formatted(prefix.contains("@") ? "…" : prefix),
                problem.getMessage());
    }

    @Test
    void aPrefixHasThirtyOneSlashes() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        String deepest = "www.example.com" + "/a".repeat(31);
        stage.bench
                .run(CloudflareFixture.purge(new PurgeSelection.Prefixes(List.of("example.com", deepest))))
                .succeeded();
        PurgeSelection deeper = new PurgeSelection.Prefixes(List.of(deepest + "/"));
        assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(deeper));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "é"})
    void aTagIsPrintableAsciiWithoutComma(String tag) {
        PurgeSelection what = new PurgeSelection.Tags(List.of(tag));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(what));
        assertEquals(
                "tags: tag 1 '%s' must be 1 to 1024 printable ASCII characters without commas".formatted(tag),
                problem.getMessage());
    }

    @Test
    void aTagHasAThousandAndTwentyFourCharacters() {
        CloudflareFixture stage = new CloudflareFixture(kind);
        stage.bench
                .run(CloudflareFixture.purge(new PurgeSelection.Tags(List.of("t".repeat(1024)))))
                .succeeded();
        PurgeSelection longer = new PurgeSelection.Tags(List.of("t".repeat(1025)));
        assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(longer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "023e105f4ecef8ad9ca31a8372d0c35", "023e105f4ecef8ad9ca31a8372d0c353/x"})
    void aZoneIdIsHexadecimal(String id) {
        assertEquals(CloudflareFixture.ZONE, CloudflarePurge.zoneId("023E105F4ECEF8AD9CA31A8372D0C353 "));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflarePurge.zoneId(id));
        assertEquals(
                "zoneId: must be 32 hexadecimal digits, as 023e105f4ecef8ad9ca31a8372d0c353, not '%s'".formatted(id),
                problem.getMessage());
    }
}
