package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimAnswer;
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

/** A purge request is looked up before anything is sent again. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class ScalewayLostAnswerTest {

    private static final String LOOK_UP = "GET created_at_desc";

    @Parameter
    private DriverKind kind;

    static Stream<Fault> acted() {
        return Stream.of(
                Faults.actThenCut(),
                Faults.actThenCutBeforeHeaders(),
                Faults.actThenBadGateway(),
                Faults.actThenStall(),
                Faults.answering(SimAnswer.text(200, "text/html", "<html>")).afterActing(),
                Faults.answering(SimAnswer.json(200, List.of())).afterActing());
    }

    static Stream<Fault> notActed() {
        return Stream.of(
                Faults.cutBeforeActing(),
                Faults.badGatewayHtml(),
                Faults.unavailable(4),
                Faults.stall(),
                Faults.answering(SimAnswer.text(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("acted")
    void whatWasDoneIsFoundAndNotDoneAgain(Fault loss) {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failNext(loss);
        PurgeResult result = stage.bench.run(ScalewayStage.purge(3)).succeeded();
        assertEquals(List.of(ScalewayStage.paths(0, 3)), stage.submitted());
        assertEquals(
                stage.scaleway.purgeRequests().get(2).id(),
                result.requests().get(0).id());
        assertEquals(List.of("POST", LOOK_UP), asked(stage).subList(0, 2));
        assertEquals(1, stage.bench.service().requests("POST").size());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void whatWasNotDoneIsLookedForFirstAndThenDone(Fault loss) {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failNext(loss);
        stage.bench.run(ScalewayStage.purge(3)).succeeded();
        assertEquals(List.of(ScalewayStage.paths(0, 3)), stage.submitted());
        assertEquals(List.of("POST", LOOK_UP, "POST"), asked(stage).subList(0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {-7200, -90, 90, 7200})
    void theServicesClockDoesNotMatter(long secondsAhead) {
        for (Fault loss : List.of(Faults.actThenCut(), Faults.cutBeforeActing())) {
            ScalewayStage stage = new ScalewayStage(kind);
            stage.bench.exchanges().serviceClockAhead(Duration.ofSeconds(secondsAhead));
            Skewed skewed = new Skewed(stage, Duration.ofSeconds(secondsAhead));
            stage.bench.service().failNext(loss).failEvery(request -> true, skewed);
            stage.bench.run(ScalewayStage.purgeAll()).succeeded();
            assertEquals(1, stage.submitted().size());
        }
    }

    /** Answers whose dates are by the service's clock. */
    private record Skewed(ScalewayStage stage, Duration ahead) implements Fault {
        @Override
        public SimAnswer apply(SimRequest request, Supplier<SimAnswer> service) {
            SimAnswer answer = service.get();
            String text = answer.bodyText();
            for (var purge : stage.scaleway.purgeRequests()) {
                text = text.replace(
                        "\"created_at\":\"" + purge.createdAt(),
                        "\"created_at\":\"" + purge.createdAt().plus(ahead));
            }
            return answer.withBody(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void anOlderRequestForTheSameIsNotTakenForTheLostOne() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.scaleway.addPurge(
                ScalewayStage.PIPELINE, List.of(), stage.time.instant().minusSeconds(60), "done");
        stage.bench.service().failNext(Faults.cutBeforeActing());
        stage.bench.run(ScalewayStage.purgeAll()).succeeded();
        assertEquals(2, stage.submitted().size(), "the older one and its own");
    }

    @Test
    void aNewRequestForSomethingElseIsNotTakenForTheLostOne() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failNext((request, service) -> {
            for (List<String> other : List.of(List.of("/0"), List.of("/0", "/1", "/2"), List.<String>of())) {
                stage.scaleway.addPurge(ScalewayStage.PIPELINE, other, stage.time.instant(), "done");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        stage.bench.run(ScalewayStage.purge(2)).succeeded();
        assertEquals(ScalewayStage.paths(0, 2), stage.submitted().get(3));
    }

    @Test
    void aRequestOfThisPurgeIsNotTakenForTheNextOne() {
        ScalewayStage stage = new ScalewayStage(kind);
        List<String> twice = Stream.of("/a", "/b", "/c", "/d", "/e", "/a", "/b", "/c", "/d", "/e")
                .toList();
        stage.bench.service().failNext(second(), Faults.cutBeforeActing());
        stage.bench
                .run(ScalewayStage.purge(new PurgeSelection.Paths(twice), true))
                .succeeded();
        assertEquals(2, stage.submitted().size());
    }

    @Test
    void theServiceMayListThePathsInAnotherOrder() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failNext((request, service) -> {
            stage.scaleway.addPurge(ScalewayStage.PIPELINE, List.of("/2", "/0", "/1"), stage.time.instant(), "done");
            return Faults.cutBeforeActing().apply(request, service);
        });
        stage.bench.run(ScalewayStage.purge(3)).succeeded();
        assertEquals(1, stage.submitted().size());
    }

    @Test
    void isLookedForBehindWhatOthersDidMeanwhile() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failNext((request, service) -> {
            service.get();
            for (int i = 0; i < 120; i++) {
                stage.scaleway.addPurge(ScalewayStage.PIPELINE, List.of("/other" + i), stage.time.instant(), "done");
            }
            return Faults.cutBeforeActing().apply(request, service);
        });
        stage.bench.run(ScalewayStage.purge(3)).succeeded();
        assertEquals(121, stage.submitted().size());
        assertEquals(List.of("POST", LOOK_UP, LOOK_UP, LOOK_UP), asked(stage).subList(0, 4));
    }

    @Test
    void isGivenUpAfterThreeTries() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.service().failEvery(request -> request.method().equals("POST"), Faults.badGatewayHtml());
        assertEquals(
                "Scaleway Edge Services was asked to purge everything of pipeline %s and gave no usable answer 3 times, and knows of no such purge request. Check the API URL, and try again later."
                        .formatted(ScalewayStage.PIPELINE),
                stage.bench.run(ScalewayStage.purgeAll()).failed(Kind.FAILED).getMessage());
        assertEquals(List.of("POST", LOOK_UP, "POST", LOOK_UP, "POST", LOOK_UP), asked(stage));
    }

    @Test
    void aConnectionThatNeverCameAboutNeedsNoLookUp() {
        ScalewayStage stage = new ScalewayStage(kind);
        stage.bench.exchanges().unreachable(4);
        stage.bench.run(ScalewayStage.purge(3)).succeeded();
        assertTrue(asked(stage).indexOf(LOOK_UP) < 0, asked(stage)::toString);
    }

    private static Predicate<SimRequest> second() {
        int[] seen = {0};
        return request -> request.method().equals("POST") && ++seen[0] == 2;
    }

    private static List<String> asked(ScalewayStage stage) {
        return stage.bench.service().requests().stream()
                .map(request -> request.query("order_by")
                        .map(order -> request.method() + " " + order)
                        .orElse(request.method()))
                .toList();
    }
}
