package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.operation.purge.DryRun;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.RecordedGotipathPurge;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DriverKind.class)
class GotipathPurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void purgesEverythingAndHasNothingToWaitFor() {
        GotipathFixture fixture = new GotipathFixture(kind);
        PurgeResult result = fixture.harness.run(GotipathFixture.purgeAll()).succeeded();
        assertEquals(
                "{provider=gotipath, target=%s, status=accepted, what=all, count=0, requests=[{id=null, status=accepted, count=0}]}"
                        .formatted(GotipathFixture.DISTRIBUTION),
                result.toPipelineValue().toString());
        assertEquals(
                List.of("all"),
                fixture.gotipath.purges().stream()
                        .map(RecordedGotipathPurge::type)
                        .toList());
        assertEquals(
                "Gotipath CDN purge of distribution %s: everything in one request: accepted (0.1 s, 1 request)"
                        .formatted(GotipathFixture.DISTRIBUTION),
                fixture.harness.console().get(1));
    }

    @ParameterizedTest
    @CsvSource({"1, '[1]'", "100, '[100]'", "101, '[100, 1]'", "250, '[100, 100, 50]'"})
    void aHundredPathsGoIntoARequest(int paths, String sizes) {
        GotipathFixture fixture = new GotipathFixture(kind);
        PurgeResult result = fixture.harness.run(GotipathFixture.purge(paths)).succeeded();
        assertEquals(
                sizes, fixture.submitted().stream().map(List::size).toList().toString());
        assertEquals(
                ScalewayFixture.paths(0, paths),
                fixture.submitted().stream().flatMap(List::stream).toList(),
                "in their order");
        assertEquals(
                List.of(paths),
                result.requests().stream().map(PurgeResult.RequestResult::count).toList());
        assertTrue(fixture.gotipath.purges().stream()
                .allMatch(purge -> purge.type().equals("path")));
    }

    @Test
    void aLostAnswerIsAskedForAgainWhichIsHarmless() {
        GotipathFixture fixture = new GotipathFixture(kind);
        fixture.harness.service().failNext(UsualFaults.actThenCut());
        fixture.harness.run(GotipathFixture.purge(150)).succeeded();
        assertEquals(
                "[100, 50, 100]",
                fixture.submitted().stream().map(List::size).toList().toString());
        assertTrue(
                fixture.harness
                        .console()
                        .get(1)
                        .contains("1 request was sent again, which is harmless, after: Gotipath"),
                fixture.harness::consoleText);
    }

    @Test
    void saysHowFarItGotAtTheDeadline() {
        GotipathFixture fixture = new GotipathFixture(kind);
        fixture.gotipath.limitPurges(Duration.ofMinutes(4));
        assertEquals(
                429,
                fixture.harness
                        .run(GotipathFixture.purge(300))
                        .failed(Kind.RATE_LIMITED)
                        .status()
                        .orElseThrow());
        assertEquals(2, fixture.submitted().size());
    }

    @Test
    void aDryRunSendsNothing() {
        GotipathFixture fixture = new GotipathFixture(kind);
        PurgeSelection what = new PurgeSelection(SelectionType.PATHS, List.of("/a", "/b"));
        PurgeResult result = fixture.harness
                .run(DryRun.of(
                        GotipathFixture.purge(what).description(),
                        new PurgeResult("gotipath", GotipathFixture.DISTRIBUTION, PurgeResult.DRY_RUN, what)))
                .succeeded();
        assertEquals(
                "{provider=gotipath, target=%s, status=dryRun, what=paths, count=2, requests=[]}"
                        .formatted(GotipathFixture.DISTRIBUTION),
                result.toPipelineValue().toString());
        assertEquals(List.of(), fixture.harness.service().requests());
        assertEquals(0, fixture.harness.checkpoints().saveCount());
        assertEquals(
                List.of("Gotipath CDN purge of distribution %s: 2 paths, nothing sent: dryRun (0.0 s, 0 requests)"
                        .formatted(GotipathFixture.DISTRIBUTION)),
                fixture.harness.console());
    }
}
