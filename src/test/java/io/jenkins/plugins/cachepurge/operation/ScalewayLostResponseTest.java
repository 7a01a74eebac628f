package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;

/** A purge request is looked up before anything is sent again. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class ScalewayLostResponseTest {

    private static final String LOOK_UP = "GET created_at_desc";

    @Parameter
    private DriverKind kind;

    static Stream<Fault> acted() {
        return Stream.of(
                Faults.actThenCut(),
                Faults.actThenCutBeforeHeaders(),
                Faults.actThenBadGateway(),
                Faults.actThenStall(),
                Faults.answering(SimResponse.text(200, "text/html", "<html>")).afterActing(),
                Faults.answering(SimResponse.json(200, List.of())).afterActing());
    }

    static Stream<Fault> notActed() {
        return Stream.of(
                Faults.cutBeforeActing(),
                Faults.badGatewayHtml(),
                Faults.unavailable(4),
                Faults.stall(),
                Faults.answering(SimResponse.text(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("acted")
    void whatWasDoneIsFoundAndNotDoneAgain(Fault loss) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failNext(loss);
        PurgeResult result = fixture.harness.run(ScalewayFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), fixture.submitted());
        assertEquals(
                fixture.scaleway.purgeRequests().get(2).id(),
                result.requests().get(0).id());
        assertEquals(List.of("POST", LOOK_UP), asked(fixture).subList(0, 2));
        assertEquals(1, fixture.harness.service().requests("POST").size());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void whatWasNotDoneIsLookedForFirstAndThenDone(Fault loss) {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failNext(loss);
        fixture.harness.run(ScalewayFixture.purge(3)).succeeded();
        assertEquals(List.of(ScalewayFixture.paths(0, 3)), fixture.submitted());
        assertEquals(List.of("POST", LOOK_UP, "POST"), asked(fixture).subList(0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {-7200, -90, 90, 7200})
    void theServicesClockDoesNotMatter(long secondsAhead) {
        for (Fault loss : List.of(Faults.actThenCut(), Faults.cutBeforeActing())) {
            ScalewayFixture fixture = new ScalewayFixture(kind);
            fixture.harness.transport().serviceClockAhead(Duration.ofSeconds(secondsAhead));
            Skewed skewed = new Skewed(fixture, Duration.ofSeconds(secondsAhead));
            fixture.harness.service().failNext(loss).failEvery(request -> true, skewed);
            fixture.harness.run(ScalewayFixture.purgeAll()).succeeded();
            assertEquals(1, fixture.submitted().size());
        }
    }

    /** Answers whose dates are by the service's clock. */
    private record Skewed(ScalewayFixture fixture, Duration ahead) implements Fault {
        @Override
        public SimResponse apply(SimRequest request, Supplier<SimResponse> service) {
            SimResponse answer = service.get();
            String text = answer.bodyText();
            for (var purge : fixture.scaleway.purgeRequests()) {
                text = text.replace(
                        "\"created_at\":\"" + purge.createdAt(),
                        "\"created_at\":\"" + purge.createdAt().plus(ahead));
            }
            return answer.withBody(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void anOlderRequestForTheSameIsNotTakenForTheLostOne() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.scaleway.addPurge(
                ScalewayFixture.PIPELINE, List.of(), fixture.time.instant().minusSeconds(60), "done");
        fixture.harness.service().failNext(Faults.cutBeforeActing());
        fixture.harness.run(ScalewayFixture.purgeAll()).succeeded();
        assertEquals(2, fixture.submitted().size(), "the older one and its own");
    }

    @Test
    void aNewRequestForSomethingElseIsNotTakenForTheLostOne() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failNext((request, service) -> {
            for (List<String> other : List.of(List.of("/0"), List.of("/0", "/1", "/2"), List.<String>of())) {
                fixture.scaleway.addPurge(ScalewayFixture.PIPELINE, other, fixture.time.instant(), "done");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        fixture.harness.run(ScalewayFixture.purge(2)).succeeded();
        assertEquals(ScalewayFixture.paths(0, 2), fixture.submitted().get(3));
    }

    @Test
    void aRequestOfThisPurgeIsNotTakenForTheNextOne() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        List<String> twice = Stream.of("/a", "/b", "/c", "/d", "/e", "/a", "/b", "/c", "/d", "/e")
                .toList();
        fixture.harness.service().failNext(second(), Faults.cutBeforeActing());
        fixture.harness
                .run(ScalewayFixture.purge(new PurgeSelection(SelectionType.PATHS, twice), true))
                .succeeded();
        assertEquals(2, fixture.submitted().size());
    }

    @Test
    void theServiceMayListThePathsInAnotherOrder() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failNext((request, service) -> {
            fixture.scaleway.addPurge(ScalewayFixture.PIPELINE, List.of("/2", "/0", "/1"), fixture.time.instant(), "done");
            return Faults.cutBeforeActing().apply(request, service);
        });
        fixture.harness.run(ScalewayFixture.purge(3)).succeeded();
        assertEquals(1, fixture.submitted().size());
    }

    @Test
    void isLookedForBehindWhatOthersDidMeanwhile() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failNext((request, service) -> {
            service.get();
            for (int i = 0; i < 120; i++) {
                fixture.scaleway.addPurge(ScalewayFixture.PIPELINE, List.of("/other" + i), fixture.time.instant(), "done");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        fixture.harness.run(ScalewayFixture.purge(3)).succeeded();
        assertEquals(121, fixture.submitted().size());
        assertEquals(List.of("POST", LOOK_UP, LOOK_UP, LOOK_UP), asked(fixture).subList(0, 4));
    }

    @Test
    void isGivenUpAfterThreeTries() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.service().failEvery(request -> request.method().equals("POST"), Faults.badGatewayHtml());
        assertEquals(
                "Scaleway Edge Services was asked to purge everything of pipeline %s and gave no usable answer 3 times, and knows of no such purge request. Check the API URL, and try again later."
                        .formatted(ScalewayFixture.PIPELINE),
                fixture.harness.run(ScalewayFixture.purgeAll()).failed(Kind.FAILED).getMessage());
        assertEquals(List.of("POST", LOOK_UP, "POST", LOOK_UP, "POST", LOOK_UP), asked(fixture));
    }

    @Test
    void aConnectionThatNeverCameAboutNeedsNoLookUp() {
        ScalewayFixture fixture = new ScalewayFixture(kind);
        fixture.harness.transport().unreachable(4);
        fixture.harness.run(ScalewayFixture.purge(3)).succeeded();
        assertTrue(asked(fixture).indexOf(LOOK_UP) < 0, asked(fixture)::toString);
    }

    private static Predicate<SimRequest> second() {
        int[] seen = {0};
        return request -> request.method().equals("POST") && ++seen[0] == 2;
    }

    private static List<String> asked(ScalewayFixture fixture) {
        return fixture.harness.service().requests().stream()
                .map(request -> request.query("order_by")
                        .map(order -> request.method() + " " + order)
                        .orElse(request.method()))
                .toList();
    }
}
