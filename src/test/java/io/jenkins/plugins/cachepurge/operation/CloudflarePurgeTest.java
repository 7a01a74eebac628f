package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class CloudflarePurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverything() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        PurgeResult result = fixture.harness.run(CloudflareFixture.purgeAll()).succeeded();
        assertEquals(
                "{provider=cloudflare, target=%1$s, status=accepted, what=all, count=0, requests=[{id=%1$s, status=accepted, count=0}]}"
                        .formatted(CloudflareFixture.ZONE),
                result.toPipelineValue().toString());
        assertEquals(List.of(List.of()), fixture.submitted());
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
        CloudflareFixture fixture = new CloudflareFixture(kind);
        fixture.cloudflare.allowFiles(perRequest);
        PurgeSelection what =
                new PurgeSelection(SelectionType.URLS, FastlyFixture.numbered("https://www.example.com/", urls));
        fixture.harness.run(CloudflareFixture.purge(what, false, perRequest)).succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertEquals(
                what.values(),
                fixture.submitted().stream().flatMap(List::stream).toList(),
                "in their order");
    }

    @ParameterizedTest
    @EnumSource(names = {"TAGS", "PREFIXES", "HOSTS"})
    void aHundredOfAnythingElseGoIntoARequest(SelectionType by) {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        List<String> values = FastlyFixture.numbered("a", 201).stream()
                .map(value -> by == SelectionType.TAGS ? value : value + ".example.com")
                .toList();
        fixture.harness
                .run(CloudflareFixture.purge(new PurgeSelection(by, values), true, 500))
                .succeeded();
        assertEquals(
                "[100, 100, 1]",
                fixture.submitted().stream().map(List::size).toList().toString());
        assertTrue(fixture.cloudflare.purges().stream()
                .allMatch(purge -> purge.soft() && purge.by().equals(by.parameter())));
    }

    @Test
    void urlsAreSentAsABrowserWould() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        PurgeSelection what =
                new PurgeSelection(SelectionType.URLS, List.of("https://WWW.example.com:443/a b/é?x=y z"));
        fixture.harness.run(CloudflareFixture.purge(what)).succeeded();
        assertEquals(List.of(List.of("https://www.example.com/a%20b/%C3%A9?x=y%20z")), fixture.submitted());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void successFalseIsAnErrorWhateverTheHttpStatus(int status) {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        String body =
                "{\"success\":false,\"errors\":[{\"code\":1107,\"message\":\"Only enterprise zones can purge by tag.\"}]}";
        fixture.harness
                .service()
                .failEvery(request -> true, UsualFaults.answering(SimResponse.text(status, "application/json", body)));
        ApiException problem = fixture.harness
                .run(CloudflareFixture.purge(new PurgeSelection(SelectionType.TAGS, List.of("a"))))
                .failed(status < 500 ? Kind.REFUSED : Kind.SERVER_ERROR);
        assertTrue(
                problem.getMessage().contains("HTTP %d 1107: Only enterprise".formatted(status)), problem.getMessage());
        assertEquals(status < 500 ? 1 : 4, fixture.harness.service().requests().size());
    }

    @Test
    void comesAgainWhenTheRateAllowsIt() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        fixture.cloudflare.limitPurges(1, Duration.ofSeconds(12));
        fixture.harness.run(CloudflareFixture.purgeUrls(300)).succeeded();
        assertEquals(3, fixture.submitted().size());
        assertThat(fixture.harness.service().requests().size(), lessThanOrEqualTo(6));
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(30)) < 0, fixture.time.passed()::toString);
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(CloudflareFixture.purgeUrls(150)).succeeded();
        assertEquals(
                "[100, 50, 100]",
                fixture.submitted().stream().map(List::size).toList().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://www.example.com/a", "/a", "www.example.com/a?b=c", "www.example.com:8080/a"})
    void aPrefixIsHostAndPath(String prefix) {
        PurgeSelection what = new PurgeSelection(SelectionType.PREFIXES, List.of("www.example.com/ok", prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(what));
        assertEquals(
                "prefixes: '%s' must be a host, optionally with the start of a path, such as www.example.org/blog, without scheme, query and fragment, with at most 31 slashes"
                        .formatted(prefix),
                problem.getMessage());
    }

    @Test
    void aPrefixHasThirtyOneSlashes() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        String deepest = "www.example.com" + "/a".repeat(31);
        fixture.harness
                .run(CloudflareFixture.purge(
                        new PurgeSelection(SelectionType.PREFIXES, List.of("example.com", deepest))))
                .succeeded();
        PurgeSelection deeper = new PurgeSelection(SelectionType.PREFIXES, List.of(deepest + "/"));
        assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(deeper));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "é"})
    void aTagIsPrintableAsciiWithoutComma(String tag) {
        PurgeSelection what = new PurgeSelection(SelectionType.TAGS, List.of(tag));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(what));
        assertEquals(
                "tags: '%s' must be 1 to 1024 printable ASCII characters without commas".formatted(tag),
                problem.getMessage());
    }

    @Test
    void aTagHasAThousandAndTwentyFourCharacters() {
        CloudflareFixture fixture = new CloudflareFixture(kind);
        fixture.harness
                .run(CloudflareFixture.purge(new PurgeSelection(SelectionType.TAGS, List.of("t".repeat(1024)))))
                .succeeded();
        PurgeSelection longer = new PurgeSelection(SelectionType.TAGS, List.of("t".repeat(1025)));
        assertThrows(InvalidInputException.class, () -> CloudflareFixture.purge(longer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "023e105f4ecef8ad9ca31a8372d0c35", "023e105f4ecef8ad9ca31a8372d0c353/x"})
    void aZoneIdIsHexadecimal(String id) {
        assertEquals(CloudflareFixture.ZONE, CloudflarePurge.zoneId("023E105F4ECEF8AD9CA31A8372D0C353 "));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> CloudflarePurge.zoneId(id));
        assertEquals(
                "zoneId: must be 32 hexadecimal digits, such as 023e105f4ecef8ad9ca31a8372d0c353, but was '%s'"
                        .formatted(id),
                problem.getMessage());
    }
}
