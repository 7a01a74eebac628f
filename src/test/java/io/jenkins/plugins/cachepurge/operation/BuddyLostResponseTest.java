package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.engine.DriverKind;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
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

/** An execution must not be started twice: what it does tells whether a start without an answer came about. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class BuddyLostResponseTest {

    @Parameter
    private DriverKind kind;

    static Stream<Fault> acted() {
        return Stream.of(
                UsualFaults.actThenCut(),
                UsualFaults.actThenBadGateway(),
                UsualFaults.actThenStall(),
                UsualFaults.answering(SimResponse.text(200, "text/html", "<html>"))
                        .afterActing());
    }

    static Stream<Fault> notActed() {
        return Stream.of(
                UsualFaults.cutBeforeActing(),
                UsualFaults.badGatewayHtml(),
                UsualFaults.stall(),
                UsualFaults.answering(SimResponse.text(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("acted")
    void isNotStartedAgainWhenItWasStarted(Fault loss) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.service().failNext(loss);
        fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(1, fixture.starts());
        assertEquals(List.of("PATCH", "GET"), methods(fixture).subList(0, 2));
        assertEquals(1, methods(fixture).stream().filter("PATCH"::equals).count());
    }

    @ParameterizedTest
    @MethodSource("notActed")
    void isStartedAfterAllWhenItWasNot(Fault loss) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.service().failNext(loss);
        fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(1, fixture.starts());
        assertEquals(List.of("PATCH", "GET", "PATCH"), methods(fixture).subList(0, 3));
    }

    /** A clock that is wrong by an hour must not make a start look like one that did not happen, or the reverse. */
    @ParameterizedTest
    @MethodSource("acted")
    void theServicesClockDoesNotMatter(Fault loss) {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.transport().serviceClockAhead(Duration.ofHours(-1));
        fixture.harness.service().failNext(loss);
        fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(1, fixture.starts());
    }

    @Test
    void isGivenUpAfterThreeTries() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.service().failEvery(request -> request.method().equals("PATCH"), UsualFaults.cutBeforeActing());
        assertEquals(
                "Buddy was asked to run execution 4 of pipeline 2 of acme/website now and no usable response arrived; it is still delayed. Look at the execution in Buddy, then try again.",
                fixture.harness.run(BuddyFixture.run()).failed(Kind.FAILED).getMessage());
        assertEquals(List.of("PATCH", "GET", "PATCH", "GET", "PATCH", "GET"), methods(fixture));
    }

    @Test
    void anEndLongBeforeTheStartIsNotItsEnd() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.time.sleep(Duration.ofMinutes(10));
        fixture.harness.service().failNext(UsualFaults.cutBeforeActing());
        String message = fixture.harness
                .run(BuddyFixture.run(3, true, false))
                .failed(Kind.FAILED)
                .getMessage();
        assertTrue(message.contains("no usable response arrived; it had ended before, as SUCCESSFUL."), message);
    }

    @Test
    void aFailureThatWasNotHeardIsAFailure() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.buddy.executionEndsAfter(Duration.ZERO, "FAILED");
        fixture.harness.service().failNext(UsualFaults.actThenStall());
        fixture.harness.run(BuddyFixture.run()).failed(Kind.FAILED);
        assertEquals(1, fixture.starts());
    }

    @Test
    void aRefusalForNowIsNoLoss() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.service().failNext(UsualFaults.tooManyRequestsRetryAfter(5));
        fixture.harness.run(BuddyFixture.run()).succeeded();
        assertEquals(List.of("PATCH", "PATCH", "GET"), methods(fixture).subList(0, 3));
    }

    /** It is scheduled for later, and whoever scheduled it still wants it then. */
    @Test
    void whatIsKnownNotToHaveStartedIsNotCancelled() {
        BuddyFixture fixture = new BuddyFixture(kind);
        fixture.harness.service().failNext(request -> request.method().equals("PATCH"), UsualFaults.cutBeforeActing());
        fixture.harness
                .service()
                .failNext(
                        request -> request.method().equals("PATCH"),
                        UsualFaults.answering(SimResponse.json(401, Map.of("errors", List.of()))));
        fixture.harness.run(BuddyFixture.runAndCancelOnAbort()).failed(Kind.REFUSED);
        assertEquals(List.of("PATCH", "GET", "PATCH"), methods(fixture));
        assertEquals(0, fixture.cancels());
        assertEquals("INITIAL", fixture.status());
    }

    private static List<String> methods(BuddyFixture fixture) {
        return fixture.harness.service().requests().stream()
                .map(request -> request.method())
                .toList();
    }
}
