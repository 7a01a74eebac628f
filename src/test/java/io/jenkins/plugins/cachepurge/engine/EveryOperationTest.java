package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.operation.OperationCase;
import io.jenkins.plugins.cachepurge.operation.OperationUnderFaults;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every operation, whatever goes wrong at whichever of its exchanges. */
@ParameterizedClass
@EnumSource(OperationCase.class)
class EveryOperationTest {

    private static final Map<String, Fault> REFUSALS = Map.of(
            "429 and seconds", UsualFaults.tooManyRequestsRetryAfter(7),
            "429 and a date", UsualFaults.tooManyRequestsRetryAfterDate(VirtualTime.START.plusSeconds(20)),
            "429 and reset", UsualFaults.tooManyRequestsRateLimitReset(VirtualTime.START.plusSeconds(20)),
            "429 and reset_seconds", UsualFaults.tooManyRequestsResetSeconds(9),
            "502", UsualFaults.badGatewayHtml(),
            "503", UsualFaults.unavailable(),
            "503 and seconds", UsualFaults.unavailable(3),
            "504", UsualFaults.gatewayTimeout(),
            "cut", UsualFaults.cutBeforeActing(),
            "stall", UsualFaults.stall());

    private static final Map<String, Fault> LOSSES = Map.of(
            "cut in the body", UsualFaults.actThenCut(),
            "cut before the headers", UsualFaults.actThenCutBeforeHeaders(),
            "502", UsualFaults.actThenBadGateway(),
            "503 and seconds", UsualFaults.unavailable(3).afterActing(),
            "stall", UsualFaults.actThenStall());

    /** Their first request is for an access token that others may wait for: it does not end with one of them. */
    private static final Set<OperationCase> SHARE_TOKENS = EnumSet.of(
            OperationCase.PURGE_GOOGLE_PATHS,
            OperationCase.PURGE_ALL_OF_GOOGLE,
            OperationCase.PURGE_AZURE_PATHS,
            OperationCase.PURGE_ALL_OF_AZURE);

    @Parameter
    private OperationCase operationCase;

    @ParameterizedTest
    @EnumSource
    void operationActsOnce(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.run().succeeded();
        assertEquals(operationCase.effects(), prepared.effects().getAsInt());
        String last =
                prepared.harness().console().get(prepared.harness().console().size() - 1);
        assertTrue(last.startsWith(prepared.operation().description() + ": "), last);
    }

    @ParameterizedTest
    @EnumSource
    void operationIgnoresUnknownFields(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().service().failEvery(request -> true, UsualFaults.unknownFields());
        assertEquals(undisturbed(kind), prepared.run().normalized());
    }

    @ParameterizedTest
    @EnumSource
    void operationRetriesWhenTheServiceDidNotAct(DriverKind kind) {
        String undisturbed = undisturbed(kind);
        int exchanges = exchanges(kind);
        REFUSALS.forEach((name, fault) -> {
            for (int at = 0; at < exchanges; at++) {
                PreparedCase<?> prepared = operationCase.prepare(kind);
                failAt(prepared, at, fault);
                assertEquals(undisturbed, prepared.run().normalized(), name + " at " + at);
                assertEquals(operationCase.effects(), prepared.effects().getAsInt(), name + " at " + at);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void outcomeIsAsUndisturbedWhenTheServiceActedAndTheResponseWasLost(DriverKind kind) {
        String undisturbed = undisturbed(kind);
        int exchanges = exchanges(kind);
        LOSSES.forEach((name, fault) -> {
            for (int at = 0; at < exchanges; at++) {
                PreparedCase<?> prepared = operationCase.prepare(kind);
                failAt(prepared, at, fault);
                assertEquals(undisturbed, prepared.run().normalized(), name + " at " + at);
                assertTrue(operationCase.allows(prepared.effects().getAsInt()), name + " at " + at);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void operationRetriesWhenThereIsNoConnection(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().transport().unreachable(3);
        assertEquals(undisturbed(kind), prepared.run().normalized());
        assertEquals(operationCase.effects(), prepared.effects().getAsInt());
        assertTrue(prepared.harness().consoleText().contains("could not be reached"), prepared.harness()::consoleText);
    }

    @ParameterizedTest
    @EnumSource
    void operationEndsAtTheDeadlineAndReportsTheLastStatus(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().transport().unreachable(1_000);
        ApiException problem = prepared.run(Duration.ofSeconds(100)).failed(Kind.TIMED_OUT);
        assertEquals(Duration.ofSeconds(100), prepared.time().passed());
        String start = prepared.operation().description() + " was not over after 100 s (timeout). Last known: ";
        assertTrue(problem.getMessage().startsWith(start), problem.getMessage());
        assertTrue(problem.getMessage().contains("could not be reached"), problem.getMessage());
        assertEquals(0, prepared.effects().getAsInt());
    }

    @ParameterizedTest
    @EnumSource
    void exchangeGetsNoMoreTimeThanIsLeft(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().service().failEvery(request -> true, UsualFaults.stall());
        prepared.run(Duration.ofSeconds(90)).failed(Kind.TIMED_OUT);
        assertEquals(VirtualTime.START.plusSeconds(90), prepared.harness().reportedAt());
        List<Duration> given = prepared.harness().transport().given();
        assertEquals(
                SHARE_TOKENS.contains(operationCase) ? HttpLimits.EXCHANGE_TIMEOUT : Duration.ofSeconds(90),
                given.get(0));
        assertEquals(
                List.of(),
                given.stream()
                        .filter(limit -> limit.compareTo(Duration.ofSeconds(90)) > 0)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void operationFailsAtOnceWhenTheRetryWouldBeAfterTheDeadline(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().service().failEvery(request -> true, UsualFaults.tooManyRequestsRetryAfter(3600));
        ApiException problem = prepared.run(Duration.ofSeconds(100)).failed(Kind.RATE_LIMITED);
        assertEquals(429, problem.status().orElseThrow());
        assertEquals(SimulatedTransport.LATENCY.multipliedBy(2), prepared.time().passed());
        assertTrue(
                problem.getMessage()
                        .contains(
                                "It asks to retry after 3600 s, which is later than the timeout. Try again later, or"),
                problem::getMessage);
    }

    @ParameterizedTest
    @EnumSource
    void operationFailsAtOnceWhenItIsRefused(DriverKind kind) {
        for (int status : new int[] {400, 401, 403, 404, 409, 418, 422, 501, 307}) {
            PreparedCase<?> prepared = operationCase.prepare(kind);
            prepared.harness()
                    .service()
                    .failEvery(request -> true, UsualFaults.answering(SimResponse.json(status, Map.of())));
            ApiException problem = prepared.run().failed(Kind.REFUSED);
            assertEquals(status, problem.status().orElseThrow());
            List<String> sent = prepared.harness().service().requests().stream()
                    .map(request -> request.path() + request.query() + request.bodyText())
                    .toList();
            assertEquals(sent.stream().distinct().toList(), sent, "nothing is sent again");
            assertEquals(0, prepared.effects().getAsInt());
        }
    }

    /** A portal between Jenkins and the service may answer anything with 200 and a page. */
    @ParameterizedTest
    @EnumSource
    void operationFailsWhenAPageIsReturned(DriverKind kind) {
        int exchanges = exchanges(kind);
        for (int at = 0; at < exchanges; at++) {
            PreparedCase<?> prepared = operationCase.prepare(kind);
            prepared.harness()
                    .service()
                    .failEvery(
                            everyFrom(at),
                            UsualFaults.answering(SimResponse.text(200, "text/html", "<html>Log in</html>")));
            ApiException problem = prepared.run().failed(Kind.UNREADABLE);
            assertTrue(problem.getMessage().contains("text/html"), problem.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void operationFailsWhenCredentialsAreMissing(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().loseCredentials("no credentials 'nobody'");
        CredentialsException problem =
                assertInstanceOf(CredentialsException.class, prepared.run().problem());
        assertEquals("no credentials 'nobody'", problem.getMessage());
        assertEquals(0, prepared.harness().service().requests().size());
    }

    @ParameterizedTest
    @EnumSource
    void messagesHideSecretsThatTheServiceRepeats(DriverKind kind) {
        for (String header : new String[] {"Authorization", "X-Auth-Token", "X-Auth-ApiKey", "Fastly-Key"}) {
            PreparedCase<?> prepared = operationCase.prepare(kind);
            prepared.harness().service().failEvery(request -> true, UsualFaults.echoing(header, 503));
            ApiException problem = prepared.run(Duration.ofSeconds(30)).failed(Kind.TIMED_OUT);
            String said = problem.getMessage() + prepared.harness().consoleText();
            assertTrue(said.contains("cannot process " + header), said);
            assertFalse(said.contains("demo-"), said);
            OperationUnderFaults.secrets().forEach(secret -> assertFalse(said.contains(secret), said));
        }
    }

    /** What must not be done twice is not begun where nothing could be remembered of it. */
    @ParameterizedTest
    @EnumSource
    void operationThatMustNotBeRepeatedFailsWhenTheDiskIsFull(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().checkpoints().failWrites();
        OperationOutcome<?> outcome = prepared.run();
        if (outcome.problem() == null) {
            assertEquals(operationCase.effects(), prepared.effects().getAsInt());
            return;
        }
        assertEquals(
                "Jenkins was asked to save the progress of this step and could not (No space left on device). Nothing was sent. Check the disk of the controller.",
                outcome.failed(Kind.FAILED).getMessage());
        assertEquals(0, prepared.effects().getAsInt());
    }

    private String undisturbed(DriverKind kind) {
        return operationCase.prepare(kind).run().normalized();
    }

    private int exchanges(DriverKind kind) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.run();
        return prepared.harness().service().requests().size();
    }

    private static void failAt(PreparedCase<?> prepared, int exchange, Fault fault) {
        prepared.harness().service().failNext(from(exchange), fault);
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
