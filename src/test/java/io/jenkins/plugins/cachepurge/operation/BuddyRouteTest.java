package io.jenkins.plugins.cachepurge.operation;

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
class BuddyRouteTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverything() {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        PurgeResult result = fixture.harness
                .run(BuddyRouteFixture.purge(PurgeSelection.all()))
                .succeeded();
        assertEquals(List.of(List.of()), fixture.purged());
        assertEquals(
                "{provider=buddyDistribution, target=dybEM2bg, status=accepted, what=all, count=0,"
                        + " requests=[{id=null, status=accepted, count=0}]}",
                result.toPipelineValue().toString());
        assertEquals(
                "Buddy purge of route dybEM2bg of distribution rm1P93jG of acme: everything in one request: accepted"
                        + " (0.1 s, 1 request)",
                fixture.harness.console().get(1));
    }

    @ParameterizedTest
    @CsvSource({"1, '[1]'", "100, '[100]'", "101, '[100, 1]'"})
    void aHundredPathsGoIntoARequest(int paths, String sizes) {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.harness.run(BuddyRouteFixture.purge(paths)).succeeded();
        assertEquals(sizes, fixture.purged().stream().map(List::size).toList().toString());
        assertEquals(
                ScalewayFixture.paths(0, paths),
                fixture.purged().stream().flatMap(List::stream).toList());
    }

    @Test
    void prefixesEndWithAStar() {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.harness
                .run(BuddyRouteFixture.purge(new PurgeSelection(SelectionType.PREFIXES, List.of("/assets/", "/a"))))
                .succeeded();
        assertEquals(List.of(List.of("/assets/*", "/a*")), fixture.purged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets/", "www.acme.example/assets/", "/assets?a"})
    void aPrefixBeginsWithASlash(String prefix) {
        PurgeSelection what = new PurgeSelection(SelectionType.PREFIXES, List.of(prefix));
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> BuddyRouteFixture.purge(what));
        assertEquals(
                "prefixes: '%s' must be the start of a path, such as /blog/, without host and query (?)"
                        .formatted(prefix),
                problem.getMessage());
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut()).failNext(UsualFaults.unavailable(3));
        fixture.harness.run(BuddyRouteFixture.purge(1)).succeeded();
        assertEquals(List.of(List.of("/0"), List.of("/0")), fixture.purged());
        assertTrue(fixture.harness.consoleText().contains("which is harmless"), fixture.harness::consoleText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "true", "{\"errors\":[]}"})
    void whatCannotBeReadIsNoSuccess(String body) {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.harness.service().failNext(UsualFaults.answering(SimResponse.text(200, "text/plain", body)));
        fixture.harness.run(BuddyRouteFixture.purge(1)).failed(Kind.UNREADABLE);
    }

    @Test
    void theRateLimitIsKeptAsBuddyTellsIt() {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.harness
                .service()
                .failNext(UsualFaults.tooManyRequestsRateLimitReset(
                        fixture.time.instant().plusSeconds(50)));
        fixture.harness.run(BuddyRouteFixture.purge(1)).succeeded();
        assertTrue(fixture.time.passed().toSeconds() >= 50, () -> "" + fixture.time.passed());
    }

    @Test
    void aMissingScopeIsAnEnd() {
        BuddyRouteFixture fixture = new BuddyRouteFixture(kind);
        fixture.buddy.rejectScope("DISTRIBUTION_MANAGE");
        ApiException problem = fixture.harness.run(BuddyRouteFixture.purge(1)).failed(Kind.REFUSED);
        assertTrue(problem.getMessage().contains("has the scope DISTRIBUTION_MANAGE"), problem.getMessage());
        assertEquals(List.of(), fixture.purged());
    }
}
