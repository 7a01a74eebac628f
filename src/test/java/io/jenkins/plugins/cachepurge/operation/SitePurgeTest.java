package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.engine.EndedExchange;
import io.jenkins.plugins.cachepurge.engine.PartStatus;
import io.jenkins.plugins.cachepurge.engine.PartStatus.Phase;
import io.jenkins.plugins.cachepurge.engine.SimulatedCrash;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Purges of all layers of a site. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class SitePurgeTest {

    @Parameter
    private DriverKind kind;

    @Test
    void layersArePurgedFromTheInsideToTheOutside() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.harness.run(SiteFixture.purge("inner", "middle", "outer")).succeeded();
        assertEquals(List.of("inner/a", "inner/b", "middle/a", "middle/b", "outer/a", "outer/b"), fixture.purged());
    }

    @Test
    void resultHasThatOfEachLayer() {
        SiteFixture fixture = new SiteFixture(kind);
        PurgeResult result =
                fixture.harness.run(SiteFixture.purge("inner", "outer")).succeeded();
        assertEquals(
                "{provider=site, target=www, status=purged, what=paths, count=2, requests=[], layers=["
                        + "{provider=nginx, target=http://caches.example.org/inner, status=purged, what=paths, count=2,"
                        + " requests=[{id=http://caches.example.org/inner, status=purged, count=2}]}, "
                        + "{provider=nginx, target=http://caches.example.org/outer, status=purged, what=paths, count=2,"
                        + " requests=[{id=http://caches.example.org/outer, status=purged, count=2}]}]}",
                result.toPipelineValue().toString());
        assertFalse(((Map<?, ?>) result.layers().get(0).toPipelineValue()).containsKey("layers"));
    }

    @Test
    void exchangesAreReportedWithTheirLayerAndTime() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.harness
                .service()
                .failNext(request -> request.path().contains("outer"), UsualFaults.answering(SimResponse.empty(503)));
        fixture.harness.run(SiteFixture.purge("inner", "outer")).succeeded();
        List<EndedExchange> exchanges = fixture.harness.exchanges();
        assertEquals(
                List.of("inner", "inner", "outer", "outer", "outer"),
                exchanges.stream().map(EndedExchange::part).sorted().toList());
        assertEquals(
                List.of("outer"),
                exchanges.stream()
                        .filter(EndedExchange::failed)
                        .map(EndedExchange::part)
                        .toList());
        exchanges.forEach(exchange -> assertFalse(exchange.endedAt().isBefore(exchange.begunAt()), exchange::toString));
    }

    @Test
    void consoleNamesEachLayer() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.harness.run(SiteFixture.purge("inner", "outer")).succeeded();
        List<String> console = fixture.harness.console();
        assertEquals(5, console.size(), fixture.harness.consoleText());
        assertEquals("Site purge of www: layer 1 of 2, inner", console.get(0));
        assertEquals("Asking nginx to purge 2 paths at http://caches.example.org/inner", console.get(1));
        assertEquals("Site purge of www: layer 2 of 2, outer", console.get(2));
        assertEquals("Asking nginx to purge 2 paths at http://caches.example.org/outer", console.get(3));
        assertTrue(
                console.get(4).startsWith("Site purge of www: 2 paths: purged (nginx: purged, nginx: purged) ("),
                console.get(4));
    }

    @Test
    void failureStopsTheLayersOutsideAndNamesWhatIsPurged() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.fail("middle", 403);
        ApiException problem = fixture.harness
                .run(SiteFixture.purge("inner", "middle", "outer"))
                .failed(Kind.REFUSED);
        assertTrue(
                problem.getMessage()
                        .startsWith(
                                "Site purge of www: purged: inner; may still have the old pages: middle, outer. Layer middle: "),
                problem.getMessage());
        assertTrue(problem.getMessage().contains("HTTP 403"), problem.getMessage());
        assertEquals(List.of("inner/a", "inner/b"), fixture.purged());
    }

    @Test
    void timeoutNamesWhatIsPurged() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.fail("outer", 503);
        ApiException problem = fixture.harness
                .run(SiteFixture.purge("inner", "outer"), Duration.ofSeconds(30))
                .failed(Kind.TIMED_OUT);
        assertTrue(
                problem.getMessage().contains("1 of 2 layers done; purged: inner; may still have the old pages: outer"),
                problem.getMessage());
    }

    @Test
    void missingCredentialsOfTheFirstLayerEndThePurgeBeforeAnythingIsSent() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.loseCredentials("inner");
        Throwable problem =
                fixture.harness.run(SiteFixture.purge("inner", "outer")).problem();
        assertEquals(
                "no credentials for inner",
                assertInstanceOf(CredentialsException.class, problem).getMessage());
        assertEquals(List.of(), fixture.purged());
    }

    @Test
    void missingCredentialsOfALaterLayerFailThatLayer() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.loseCredentials("outer");
        ApiException problem =
                fixture.harness.run(SiteFixture.purge("inner", "outer")).failed(Kind.FAILED);
        assertTrue(
                problem.getMessage()
                        .startsWith(
                                "Site purge of www: purged: inner; may still have the old pages: outer. Layer outer: "),
                problem.getMessage());
        assertTrue(problem.getMessage().endsWith("no credentials for outer"), problem.getMessage());
    }

    @Test
    void statusOfEachLayerIsReported() {
        SiteFixture fixture = new SiteFixture(kind);
        List<List<Phase>> phases = new ArrayList<>();
        fixture.harness.onPartsChanged(
                parts -> phases.add(parts.stream().map(PartStatus::phase).toList()));
        fixture.fail("middle", 403);
        fixture.harness.run(SiteFixture.purge("inner", "middle", "outer")).failed(Kind.REFUSED);
        assertTrue(phases.contains(List.of(Phase.RUNNING, Phase.WAITING, Phase.WAITING)), phases::toString);
        assertTrue(phases.contains(List.of(Phase.DONE, Phase.RUNNING, Phase.WAITING)), phases::toString);
        assertEquals(List.of(Phase.DONE, Phase.FAILED, Phase.WAITING), phases.get(phases.size() - 1));
    }

    @Test
    void purgedLayersAreNotPurgedAgainAfterARestart() {
        SiteFixture fixture = new SiteFixture(kind);
        fixture.harness.transport().atEachBoundary(() -> {
            if (fixture.purged().contains("outer/a")) {
                fixture.harness.crash();
                throw new SimulatedCrash();
            }
        });
        assertThrows(SimulatedCrash.class, () -> fixture.harness.run(SiteFixture.purge("inner", "outer")));
        fixture.harness.transport().atEachBoundary(() -> {});
        fixture.harness.restart();
        List<PartStatus> last = new ArrayList<>();
        fixture.harness.onPartsChanged(parts -> {
            last.clear();
            last.addAll(parts);
        });
        PurgeResult result = fixture.harness
                .run(fixture.harness.resumed(SiteFixture.purge("inner", "outer"), Duration.ofMinutes(5)))
                .succeeded();
        assertEquals(2, result.layers().size());
        assertEquals(
                2,
                fixture.purged().stream()
                        .filter(page -> page.startsWith("inner/"))
                        .count());
        assertEquals(
                List.of("inner DONE 2 paths in 2 requests: purged", "outer DONE 2 paths in 2 requests: purged"),
                last.stream()
                        .map(part -> part.name() + " " + part.phase() + " " + part.message())
                        .toList());
    }
}
