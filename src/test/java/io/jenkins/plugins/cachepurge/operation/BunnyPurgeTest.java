package io.jenkins.plugins.cachepurge.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class BunnyPurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEachUrlByItself() {
        BunnyFixture fixture = new BunnyFixture(kind);
        PurgeSelection urls = new PurgeSelection(
                SelectionType.URLS, List.of("https://acme.b-cdn.net/", "http://www.acme.example/a?b=é"));
        PurgeResult result =
                fixture.harness.run(BunnyFixture.purge(0, urls, false)).succeeded();
        assertEquals(
                List.of("URL https://acme.b-cdn.net/", "URL http://www.acme.example/a?b=%C3%A9"), fixture.purged());
        assertTrue(fixture.bunny.purges().stream().allMatch(purge -> purge.async()));
        assertEquals(
                "{provider=bunny, target=account, status=accepted, what=urls, count=2, requests=["
                        + "{id=null, status=accepted, count=2}]}",
                result.toPipelineValue().toString());
    }

    @Test
    void purgesPrefixesWithTheSchemeThatBunnyWants() {
        BunnyFixture fixture = new BunnyFixture(kind);
        PurgeSelection prefixes = new PurgeSelection(
                SelectionType.PREFIXES, List.of("www.acme.example/blog/", "http://acme.b-cdn.net/a"));
        fixture.harness.run(BunnyFixture.purge(prefixes)).succeeded();
        assertEquals(
                List.of("PREFIX https://www.acme.example/blog/", "PREFIX http://acme.b-cdn.net/a"), fixture.purged());
        assertTrue(fixture.bunny.purges().stream().noneMatch(purge -> purge.async()), "it waits");
    }

    @Test
    void purgesTagsAndEverythingOfThePullZone() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness
                .run(BunnyFixture.purge(new PurgeSelection(SelectionType.TAGS, List.of("a", "b"))))
                .succeeded();
        PurgeResult result =
                fixture.harness.run(BunnyFixture.purge(PurgeSelection.all())).succeeded();
        assertEquals(List.of("TAG a", "TAG b", "ALL "), fixture.purged());
        assertEquals(
                "{provider=bunny, target=4711, status=accepted, what=all, count=0, requests=["
                        + "{id=null, status=accepted, count=0}]}",
                result.toPipelineValue().toString());
        String last = fixture.harness.console().get(fixture.harness.console().size() - 1);
        assertEquals(
                "bunny.net purge of pull zone 4711: everything in one request: accepted (0.3 s, 1 request)",
                last.replaceAll("\\(\\d\\.\\d s", "(0.3 s"));
    }

    @Test
    void tagsAndEverythingNeedAPullZone() {
        for (PurgeSelection what :
                List.of(PurgeSelection.all(), new PurgeSelection(SelectionType.TAGS, List.of("a")))) {
            InvalidInputException problem =
                    assertThrows(InvalidInputException.class, () -> BunnyFixture.purge(0, what, true));
            assertEquals(
                    "pullZoneId: is required; without it bunny.net purges only URLs and prefixes",
                    problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog/", "www.acme.example", "https://www.acme.example"})
    void aPrefixBeginsWithAHost(String prefix) {
        PurgeSelection what = new PurgeSelection(SelectionType.PREFIXES, List.of(prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BunnyFixture.purge(what));
        assertEquals(
                "prefixes: '%s' must be the start of a URL with its host, such as www.example.org/blog/"
                        .formatted(prefix),
                problem.getMessage());
    }

    @Test
    void keepsTheRate() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(400))).succeeded();
        assertEquals(400, fixture.purged().size());
        assertEquals(400, fixture.purged().stream().distinct().count());
        assertEquals(400, fixture.harness.service().requests().size(), "none is refused");
        Duration least = Duration.ofMillis(200).multipliedBy(400 - 120);
        assertThat(fixture.time.passed(), lessThan(least.plus(least.dividedBy(20))));
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(2))).succeeded();
        assertEquals(
                List.of("URL https://acme.b-cdn.net/0", "URL https://acme.b-cdn.net/1", "URL https://acme.b-cdn.net/0"),
                fixture.purged());
        assertTrue(fixture.harness.consoleText().contains("which is harmless"), fixture.harness::consoleText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "true", "{\"ErrorKey\":\"no\"}"})
    void whatCannotBeReadIsNoSuccess(String body) {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness.service().failNext(UsualFaults.answering(SimResponse.text(200, "text/plain", body)));
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(2))).failed(Kind.UNREADABLE);
    }

    @Test
    void passingTroubleIsWaitedOut() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness
                .service()
                .failNext(UsualFaults.unavailable(4))
                .failNext(UsualFaults.tooManyRequestsRetryAfter(7))
                .failNext(UsualFaults.badGatewayHtml());
        fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(1))).succeeded();
        assertEquals(1, fixture.purged().size());
        assertTrue(fixture.time.passed().compareTo(Duration.ofSeconds(11)) > 0);
    }

    @Test
    void aRefusedUrlStopsNoOther() {
        BunnyFixture fixture = new BunnyFixture(kind);
        fixture.harness
                .service()
                .failNext(
                        request -> request.query("url").orElse("").endsWith("/1"),
                        UsualFaults.answering(SimResponse.json(400, Map.of("ErrorKey", "k", "Message", "m"))));
        ApiException problem =
                fixture.harness.run(BunnyFixture.purge(BunnyFixture.urls(3))).failed(Kind.REFUSED);
        assertEquals(
                "bunny.net purge of pull zone 4711: 2 of 3 URLs done, 1 failed. The first failure: bunny.net was asked to purge https://acme.b-cdn.net/1 and answered HTTP 400 k: m.",
                problem.getMessage());
        assertEquals(2, fixture.purged().size());
    }
}
