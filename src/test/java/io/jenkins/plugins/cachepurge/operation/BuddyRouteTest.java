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
class BuddyRouteTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverything() {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        PurgeResult result = stage.bench
                .run(BuddyRouteFixture.purge(new PurgeSelection.Everything()))
                .succeeded();
        assertEquals(List.of(List.of()), stage.purged());
        assertEquals(
                "{provider=buddyDistribution, target=dybEM2bg, status=accepted, what=all, count=0, all=true, paths=0,"
                        + " requests=[{id=null, status=accepted, count=0, paths=0}]}",
                result.toPipelineValue().toString());
        assertEquals(
                "Buddy purge of route dybEM2bg of distribution rm1P93jG of acme: everything in one request: accepted"
                        + " (0.1 s, 1 request)",
                stage.bench.console().get(1));
    }

    @ParameterizedTest
    @CsvSource({"1, '[1]'", "100, '[100]'", "101, '[100, 1]'"})
    void aHundredPathsGoIntoARequest(int paths, String sizes) {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.bench.run(BuddyRouteFixture.purge(paths)).succeeded();
        assertEquals(sizes, stage.purged().stream().map(List::size).toList().toString());
        assertEquals(
                ScalewayFixture.paths(0, paths),
                stage.purged().stream().flatMap(List::stream).toList());
    }

    @Test
    void prefixesEndWithAStar() {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.bench
                .run(BuddyRouteFixture.purge(new PurgeSelection.Prefixes(List.of("/assets/", "/a"))))
                .succeeded();
        assertEquals(List.of(List.of("/assets/*", "/a*")), stage.purged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets/", "www.acme.example/assets/", "//assets", "/assets?a"})
    void aPrefixBeginsWithASlash(String prefix) {
        PurgeSelection what = new PurgeSelection.Prefixes(List.of(prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BuddyRouteFixture.purge(what));
        assertEquals(
                "prefixes: '%s' must be the start of a path, as /blog/, without host and query (?)".formatted(prefix),
                problem.getMessage());
    }

    @Test
    void aStarIsNoPath() {
        PurgeSelection what = new PurgeSelection.Paths(List.of("/a", "/b/*"));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BuddyRouteFixture.purge(what));
        assertEquals(
                "paths: '/b/*' must not hold *: prefixes are there for all that starts alike", problem.getMessage());
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.bench.service().failNext(Faults.actThenCut()).failNext(Faults.unavailable(3));
        stage.bench.run(BuddyRouteFixture.purge(1)).succeeded();
        assertEquals(List.of(List.of("/0"), List.of("/0")), stage.purged());
        assertTrue(stage.bench.consoleText().contains("which is harmless"), stage.bench::consoleText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "true", "{\"errors\":[]}"})
    void whatCannotBeReadIsNoSuccess(String body) {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.bench.service().failNext(Faults.answering(SimResponse.text(200, "text/plain", body)));
        stage.bench.run(BuddyRouteFixture.purge(1)).failed(Kind.UNREADABLE);
    }

    @Test
    void theRateLimitIsKeptAsBuddyTellsIt() {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.bench
                .service()
                .failNext(Faults.tooManyRequestsRateLimitReset(
                        stage.time.instant().plusSeconds(50)));
        stage.bench.run(BuddyRouteFixture.purge(1)).succeeded();
        assertTrue(stage.time.passed().toSeconds() >= 50, () -> "" + stage.time.passed());
    }

    @Test
    void aMissingScopeIsAnEnd() {
        BuddyRouteFixture stage = new BuddyRouteFixture(kind);
        stage.buddy.rejectScope("DISTRIBUTION_MANAGE");
        ApiException problem = stage.bench.run(BuddyRouteFixture.purge(1)).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("has the scope DISTRIBUTION_MANAGE"), problem.getMessage());
        assertEquals(List.of(), stage.purged());
    }
}
