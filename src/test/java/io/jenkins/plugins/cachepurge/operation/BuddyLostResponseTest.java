package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.jenkins.plugins.cachepurge.engine.DriverKind;

/** An execution must not be started twice: what it does tells whether a start without an answer came about. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class BuddyLostResponseTest {

    @Parameter
    private DriverKind kind;

    static Stream<Fault> acted() {
        return Stream.of(
                Faults.actThenCut(),
                Faults.actThenBadGateway(),
                Faults.actThenStall(),
                Faults.answering(SimResponse.text(200, "text/html", "<html>")).afterActing());
    }

    static Stream<Fault> notActed() {
        return Stream.of(
                Faults.cutBeforeActing(),
                Faults.badGatewayHtml(),
                Faults.stall(),
                Faults.answering(SimResponse.text(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("acted")
    void isNotStartedAgainWhenItWasStarted(Fault loss) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.service().failNext(loss);
        stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(1, stage.starts());
        assertEquals(List.of("PATCH", "GET"), methods(stage).subList(0, 2));
        assertEquals(1, methods(stage).stream().filter("PATCH"::equals).count());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void isStartedAfterAllWhenItWasNot(Fault loss) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.service().failNext(loss);
        stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(1, stage.starts());
        assertEquals(List.of("PATCH", "GET", "PATCH"), methods(stage).subList(0, 3));
    }

    /** A clock that is wrong by an hour must not make a start look like one that did not happen, or the reverse. */
    @ParameterizedTest
    @MethodSource("acted")
    void theServicesClockDoesNotMatter(Fault loss) {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.exchanges().serviceClockAhead(Duration.ofHours(-1));
        stage.bench.service().failNext(loss);
        stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(1, stage.starts());
    }

    @Test
    void isGivenUpAfterThreeTries() {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.service().failEvery(request -> request.method().equals("PATCH"), Faults.cutBeforeActing());
        assertEquals(
                "Buddy was asked to run execution 4 of pipeline 2 of acme/website now and did not answer, and it is still delayed. Look at the execution in Buddy, then try again.",
                stage.bench.run(BuddyFixture.run()).failed(Kind.FAILED).getMessage());
        assertEquals(List.of("PATCH", "GET", "PATCH", "GET", "PATCH", "GET"), methods(stage));
    }

    @Test
    void anEndLongBeforeTheStartIsNotItsEnd() {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.time.sleep(Duration.ofMinutes(10));
        stage.bench.service().failNext(Faults.cutBeforeActing());
        String message = stage.bench
                .run(BuddyFixture.run(3, true, false))
                .failed(Kind.FAILED)
                .getMessage();
        assertTrue(message.contains("did not answer, and it had ended before, as SUCCESSFUL."), message);
    }

    @Test
    void aFailureThatWasNotHeardIsAFailure() {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.buddy.executionEndsAfter(Duration.ZERO, "FAILED");
        stage.bench.service().failNext(Faults.actThenStall());
        stage.bench.run(BuddyFixture.run()).failed(Kind.FAILED);
        assertEquals(1, stage.starts());
    }

    @Test
    void aRefusalForNowIsNoLoss() {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.service().failNext(Faults.tooManyRequestsRetryAfter(5));
        stage.bench.run(BuddyFixture.run()).succeeded();
        assertEquals(List.of("PATCH", "PATCH", "GET"), methods(stage).subList(0, 3));
    }

    /** It is scheduled for later, and whoever scheduled it still wants it then. */
    @Test
    void whatIsKnownNotToHaveStartedIsNotCancelled() {
        BuddyFixture stage = new BuddyFixture(kind);
        stage.bench.service().failNext(request -> request.method().equals("PATCH"), Faults.cutBeforeActing());
        stage.bench
                .service()
                .failNext(
                        request -> request.method().equals("PATCH"),
                        Faults.answering(SimResponse.json(401, Map.of("errors", List.of()))));
        stage.bench.run(BuddyFixture.runAndCancelOnAbort()).failed(Kind.REFUSED);
        assertEquals(List.of("PATCH", "GET", "PATCH"), methods(stage));
        assertEquals(0, stage.cancels());
        assertEquals("INITIAL", stage.status());
    }

    private static List<String> methods(BuddyFixture stage) {
        return stage.bench.service().requests().stream()
                .map(request -> request.method())
                .toList();
    }
}
