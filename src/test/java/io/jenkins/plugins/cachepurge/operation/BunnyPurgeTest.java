package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
class BunnyPurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEachUrlByItself() {
        BunnyFixture stage = new BunnyFixture(kind);
        PurgeSelection urls =
                new PurgeSelection.Urls(List.of("https://acme.b-cdn.net/", "http://www.acme.example/a?b=é"));
        PurgeResult result = stage.bench.run(BunnyFixture.purge(0, urls, false)).succeeded();
        assertEquals(List.of("URL https://acme.b-cdn.net/", "URL http://www.acme.example/a?b=%C3%A9"), stage.purged());
        assertTrue(stage.bunny.purges().stream().allMatch(purge -> purge.async()));
        assertEquals(
                "{provider=bunny, target=account, status=accepted, what=urls, count=2, all=false, paths=0, requests=["
                        + "{id=null, status=accepted, count=1, paths=0}, {id=null, status=accepted, count=1, paths=0}]}",
                result.toPipelineValue().toString());
    }

    @Test
    void purgesPrefixesWithTheSchemeThatBunnyWants() {
        BunnyFixture stage = new BunnyFixture(kind);
        PurgeSelection prefixes =
                new PurgeSelection.Prefixes(List.of("www.acme.example/blog/", "http://acme.b-cdn.net/a"));
        stage.bench.run(BunnyFixture.purge(prefixes)).succeeded();
        assertEquals(
                List.of("PREFIX https://www.acme.example/blog/", "PREFIX http://acme.b-cdn.net/a"), stage.purged());
        assertTrue(stage.bunny.purges().stream().noneMatch(purge -> purge.async()), "it waits");
    }

    @Test
    void purgesTagsAndEverythingOfThePullZone() {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench
                .run(BunnyFixture.purge(new PurgeSelection.Tags(List.of("a", "b"))))
                .succeeded();
        PurgeResult result = stage.bench
                .run(BunnyFixture.purge(new PurgeSelection.Everything()))
                .succeeded();
        assertEquals(List.of("TAG a", "TAG b", "ALL "), stage.purged());
        assertEquals(
                "{provider=bunny, target=4711, status=accepted, what=all, count=0, all=true, paths=0, requests=["
                        + "{id=null, status=accepted, count=0, paths=0}]}",
                result.toPipelineValue().toString());
        String last = stage.bench.console().get(stage.bench.console().size() - 1);
        assertEquals(
                "bunny.net purge of pull zone 4711: everything in one request: accepted (0.3 s, 1 request)",
                last.replaceAll("\\(\\d\\.\\d s", "(0.3 s"));
    }

    @Test
    void tagsAndEverythingNeedAPullZone() {
        for (PurgeSelection what : List.of(new PurgeSelection.Everything(), new PurgeSelection.Tags(List.of("a")))) {
            InvalidInputException problem =
                    assertThrows(InvalidInputException.class, () -> BunnyFixture.purge(0, what, true));
            assertEquals(
                    "pullZoneId: is missing; without it bunny.net purges URLs and prefixes only", problem.getMessage());
        }
    }

    @Test
    void aStarIsNoUrl() {
        PurgeSelection what = new PurgeSelection.Urls(List.of("https://a/b", "https://a/*"));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BunnyFixture.purge(what));
        assertEquals(
                "urls: 'https://a/*' must not hold *: prefixes are there for all that starts alike",
                problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "/blog/, /blog/",
        "www.acme.example, www.acme.example",
        "https://www.acme.example, https://www.acme.example",
        "ftp://a/b, ftp://a/b",
        "https://user:secret@a/b, …",
        "a b.example/, a b.example/",
        "a/b#c, a/b#c"
    })
    void aPrefixBeginsWithAHost(String prefix, String shown) {
        if (prefix.contains(" ")) {
            assertThrows(InvalidInputException.class, () -> new PurgeSelection.Prefixes(List.of(prefix)));
            return;
        }
        PurgeSelection what = new PurgeSelection.Prefixes(List.of(prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BunnyFixture.purge(what));
        assertEquals(
                "prefixes: '%s' must be the start of an URL with its host, as www.example.org/blog/".formatted(shown),
                problem.getMessage());
    }

    @Test
    void keepsTheRate() {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench.run(BunnyFixture.purge(BunnyFixture.urls(400))).succeeded();
        assertEquals(400, stage.purged().size());
        assertEquals(400, stage.purged().stream().distinct().count());
        assertTrue(stage.time.passed().compareTo(Duration.ofMinutes(4)) < 0, () -> "" + stage.time.passed());
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench.service().failNext(Faults.actThenCut());
        stage.bench.run(BunnyFixture.purge(BunnyFixture.urls(2))).succeeded();
        assertEquals(
                List.of("URL https://acme.b-cdn.net/0", "URL https://acme.b-cdn.net/0", "URL https://acme.b-cdn.net/1"),
                stage.purged());
        assertTrue(stage.bench.consoleText().contains("which is harmless"), stage.bench::consoleText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "true", "{\"ErrorKey\":\"no\"}"})
    void whatCannotBeReadIsNoSuccess(String body) {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench.service().failNext(Faults.answering(SimResponse.text(200, "text/plain", body)));
        stage.bench.run(BunnyFixture.purge(BunnyFixture.urls(2))).failed(Kind.UNREADABLE);
    }

    @Test
    void passingTroubleIsWaitedOut() {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench
                .service()
                .failNext(Faults.unavailable(4))
                .failNext(Faults.tooManyRequestsRetryAfter(7))
                .failNext(Faults.badGatewayHtml());
        stage.bench.run(BunnyFixture.purge(BunnyFixture.urls(1))).succeeded();
        assertEquals(1, stage.purged().size());
        assertTrue(stage.time.passed().compareTo(Duration.ofSeconds(11)) > 0);
    }

    @Test
    void aRefusalInTheMiddleIsAnEnd() {
        BunnyFixture stage = new BunnyFixture(kind);
        stage.bench
                .service()
                .failNext(
                        request -> request.query("url").orElse("").endsWith("/1"),
                        Faults.answering(SimResponse.json(400, Map.of("ErrorKey", "k", "Message", "m"))));
        ApiException problem =
                stage.bench.run(BunnyFixture.purge(BunnyFixture.urls(3))).failed(Kind.REFUSED);
        assertEquals(
                "bunny.net was asked to purge https://acme.b-cdn.net/1 and answered HTTP 400 k: m.",
                problem.getMessage());
        assertEquals(1, stage.purged().size());
    }
}
