package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.OperationCase;

/** What holds for every operation, whatever goes wrong at whichever of its exchanges. */
@ParameterizedClass
@EnumSource(OperationCase.class)
class EveryOperationTest {

    private static final Map<String, Fault> REFUSALS = Map.of(
            "429 and seconds", Faults.tooManyRequestsRetryAfter(7),
            "429 and a date", Faults.tooManyRequestsRetryAfterDate(VirtualTime.START.plusSeconds(20)),
            "429 and reset", Faults.tooManyRequestsRateLimitReset(VirtualTime.START.plusSeconds(20)),
            "429 and reset_seconds", Faults.tooManyRequestsResetSeconds(9),
            "502", Faults.badGatewayHtml(),
            "503", Faults.unavailable(),
            "503 and seconds", Faults.unavailable(3),
            "504", Faults.gatewayTimeout(),
            "cut", Faults.cutBeforeActing(),
            "stall", Faults.stall());

    private static final Map<String, Fault> LOSSES = Map.of(
            "cut in the body", Faults.actThenCut(),
            "cut before the headers", Faults.actThenCutBeforeHeaders(),
            "502", Faults.actThenBadGateway(),
            "503 and seconds", Faults.unavailable(3).afterActing(),
            "stall", Faults.actThenStall());

    @Parameter
    private OperationCase scene;

    @ParameterizedTest
    @EnumSource
    void doesWhatItShallOnce(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.run().succeeded();
        assertEquals(scene.effects(), play.effects().getAsInt());
        String last = play.bench().console().get(play.bench().console().size() - 1);
        assertTrue(last.startsWith(play.operation().subject() + ": "), last);
    }

    @ParameterizedTest
    @EnumSource
    void ignoresFieldsNobodyKnows(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().service().failEvery(request -> true, Faults.unknownFields());
        assertEquals(undisturbed(kind), play.run().normalized());
    }

    @ParameterizedTest
    @EnumSource
    void triesAgainWhatTheServiceDidNotDo(DriverKind kind) {
        REFUSALS.forEach((name, fault) -> {
            for (int at = 0; at < exchanges(kind); at++) {
                PreparedCase<?> play = scene.prepare(kind);
                failAt(play, at, fault);
                assertEquals(undisturbed(kind), play.run().normalized(), name + " at " + at);
                assertEquals(scene.effects(), play.effects().getAsInt(), name + " at " + at);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhenTheServiceActedAndTheAnswerWasLost(DriverKind kind) {
        LOSSES.forEach((name, fault) -> {
            for (int at = 0; at < exchanges(kind); at++) {
                PreparedCase<?> play = scene.prepare(kind);
                failAt(play, at, fault);
                assertEquals(undisturbed(kind), play.run().normalized(), name + " at " + at);
                assertTrue(scene.allows(play.effects().getAsInt()), name + " at " + at);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void triesAgainWhenNoConnectionComesAbout(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().exchanges().unreachable(3);
        assertEquals(undisturbed(kind), play.run().normalized());
        assertEquals(scene.effects(), play.effects().getAsInt());
        assertTrue(play.bench().consoleText().contains("could not be reached"), play.bench()::consoleText);
    }

    @ParameterizedTest
    @EnumSource
    void endsAtTheDeadlineAndSaysWhatWasKnown(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().exchanges().unreachable(1_000);
        ApiException problem = play.run(Duration.ofSeconds(100)).failed(Kind.TIMED_OUT);
        assertEquals(Duration.ofSeconds(100), play.time().passed());
        String start = play.operation().subject() + " was not over after 100 s (timeout). Last known: ";
        assertTrue(problem.getMessage().startsWith(start), problem.getMessage());
        assertTrue(problem.getMessage().contains("could not be reached"), problem.getMessage());
        assertEquals(0, play.effects().getAsInt());
    }

    @ParameterizedTest
    @EnumSource
    void givesNoExchangeMoreTimeThanIsLeft(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().service().failEvery(request -> true, Faults.stall());
        play.run(Duration.ofSeconds(90)).failed(Kind.TIMED_OUT);
        assertEquals(Duration.ofSeconds(90), play.time().passed());
        List<Duration> given = play.bench().exchanges().given();
        assertEquals(Duration.ofSeconds(90), given.get(0));
        assertEquals(
                List.of(),
                given.stream()
                        .filter(limit -> limit.compareTo(Duration.ofSeconds(90)) > 0)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void doesNotWaitForASunriseBeyondTheDeadline(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().service().failEvery(request -> true, Faults.tooManyRequestsRetryAfter(3600));
        ApiException problem = play.run(Duration.ofSeconds(100)).failed(Kind.RATE_LIMITED);
        assertEquals(429, problem.status().orElseThrow());
        assertEquals(SimulatedTransport.LATENCY.multipliedBy(2), play.time().passed());
        assertTrue(
                play.bench()
                        .consoleText()
                        .contains("wants to be left alone for 3600 s, which is longer than the time left"),
                play.bench()::consoleText);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsTheEndAtOnce(DriverKind kind) {
        for (int status : new int[] {400, 401, 403, 404, 409, 418, 422, 501, 307}) {
            PreparedCase<?> play = scene.prepare(kind);
            play.bench().service().failEvery(request -> true, Faults.answering(SimResponse.json(status, Map.of())));
            ApiException problem = play.run().failed(Kind.REFUSED);
            assertEquals(status, problem.status().orElseThrow());
            assertEquals(1, play.bench().service().requests().size());
            assertEquals(0, play.effects().getAsInt());
        }
    }

    /** A portal between Jenkins and the service may answer anything with 200 and a page. */
    @ParameterizedTest
    @EnumSource
    void aPageIsNoSuccess(DriverKind kind) {
        for (int at = 0; at < exchanges(kind); at++) {
            PreparedCase<?> play = scene.prepare(kind);
            play.bench()
                    .service()
                    .failEvery(
                            everyFrom(at), Faults.answering(SimResponse.text(200, "text/html", "<html>Log in</html>")));
            ApiException problem = play.run().failed(Kind.UNREADABLE);
            assertTrue(problem.getMessage().contains("text/html"), problem.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichCredentialsAreMissing(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().loseCredentials("no credentials 'nobody'");
        CredentialsException problem =
                assertInstanceOf(CredentialsException.class, play.run().problem());
        assertEquals("no credentials 'nobody'", problem.getMessage());
        assertEquals(0, play.bench().service().requests().size());
    }

    @ParameterizedTest
    @EnumSource
    void showsNoSecretThatTheServiceRepeats(DriverKind kind) {
        for (String header : new String[] {"Authorization", "X-Auth-Token", "X-Auth-ApiKey", "Fastly-Key"}) {
            PreparedCase<?> play = scene.prepare(kind);
            play.bench().service().failEvery(request -> true, Faults.echoing(header, 503));
            ApiException problem = play.run(Duration.ofSeconds(30)).failed(Kind.TIMED_OUT);
            String said = problem.getMessage() + play.bench().consoleText();
            assertTrue(said.contains("cannot process " + header), said);
            assertFalse(said.contains("demo-") || said.contains("1111-8111"), said);
        }
    }

    /** What must not be done twice is not begun where nothing could be remembered of it. */
    @ParameterizedTest
    @EnumSource
    void aFullDiskIsAnEndAndNoSubmissionIsForgotten(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().notebook().failWrites();
        OperationOutcome<?> ending = play.run();
        if (ending.problem() == null) {
            assertEquals(0, pages(kind), "it needs no notes");
            return;
        }
        assertEquals(
                "Jenkins was asked to remember how far this got and could not write it down (No space left on device). Check the disk of the controller.",
                ending.failed(Kind.FAILED).getMessage());
        boolean harmless = play.operation().turn() instanceof Next.Ask<?, ?> ask
                && ask.call().idempotency() == Idempotency.IDEMPOTENT
                && !ask.call().request().readOnly();
        assertEquals(harmless ? 1 : 0, play.effects().getAsInt());
    }

    private int pages(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.run();
        return play.bench().notebook().saveCount();
    }

    private String undisturbed(DriverKind kind) {
        return scene.prepare(kind).run().normalized();
    }

    private int exchanges(DriverKind kind) {
        PreparedCase<?> play = scene.prepare(kind);
        play.run();
        return play.bench().service().requests().size();
    }

    private static void failAt(PreparedCase<?> play, int exchange, Fault fault) {
        play.bench().service().failNext(from(exchange), fault);
    }

    private static Predicate<SimRequest> from(int exchange) {
        int[] seen = {0};
        return request -> seen[0]++ == exchange;
    }

    private static Predicate<SimRequest> everyFrom(int exchange) {
        int[] seen = {0};
        return request -> seen[0]++ >= exchange;
    }
}
