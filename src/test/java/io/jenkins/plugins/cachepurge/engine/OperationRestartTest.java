package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.OperationCase;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The controller crashes before or after a service acted, or after anything was written down, and goes on from what is
 * left: the end is the same, and nothing is done twice that must not be.
 */
@ParameterizedClass
@EnumSource(OperationCase.class)
class OperationRestartTest {

    /** At once, and within the deadline. */
    private static final List<Duration> DOWNTIMES = List.of(Duration.ZERO, Duration.ofMinutes(3));

    @Parameter
    private OperationCase operationCase;

    @ParameterizedTest
    @EnumSource
    void outcomeIsAsUndisturbedWhereverJenkinsCrashes(DriverKind kind) {
        String undisturbed = operationCase.prepare(kind).run().normalized();
        int events = events(operationCase.prepare(kind));
        assertTrue(events > 1, "nothing to crash at");
        for (Duration downtime : DOWNTIMES) {
            for (int at = 1; at <= events; at++) {
                PreparedCase<?> prepared = operationCase.prepare(kind);
                crashAt(prepared, at);
                String where = "crash at event %d, down for %s".formatted(at, downtime);
                assertThrows(SimulatedCrash.class, prepared::run, where);
                assertEquals(undisturbed, prepared.resume(downtime).normalized(), where);
                assertTrue(operationCase.allows(prepared.effects().getAsInt()), where);
                assertTrue(
                        prepared.effects().getAsInt() <= 2 * operationCase.effects(),
                        () -> "more done again than what was under way: " + where);
            }
        }
    }

    /** Past the deadline the service is still read, but nothing is sent that acts. */
    @ParameterizedTest
    @EnumSource
    void nothingThatActsIsSentAfterTheDeadline(DriverKind kind) {
        String undisturbed = operationCase.prepare(kind).run().normalized();
        int events = events(operationCase.prepare(kind));
        for (int at = 1; at <= events; at++) {
            PreparedCase<?> prepared = operationCase.prepare(kind);
            crashAt(prepared, at);
            assertThrows(SimulatedCrash.class, prepared::run);
            int acted = prepared.effects().getAsInt();
            OperationOutcome<?> outcome = prepared.resume(Duration.ofHours(1));
            assertEquals(acted, prepared.effects().getAsInt(), "crash at event " + at);
            if (outcome.problem() == null) {
                assertEquals(undisturbed, outcome.normalized());
            } else {
                outcome.failed(ApiException.Kind.TIMED_OUT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void outcomeIsAsUndisturbedWhenJenkinsCrashesTwice(DriverKind kind) {
        String undisturbed = operationCase.prepare(kind).run().normalized();
        int events = events(operationCase.prepare(kind));
        for (int first = 1; first <= events; first++) {
            boolean again = true;
            for (int second = 1; again; second++) {
                PreparedCase<?> prepared = operationCase.prepare(kind);
                crashAt(prepared, first);
                String where = "crashes at events %d and %d".formatted(first, second);
                assertThrows(SimulatedCrash.class, prepared::run, where);
                again = crashesAgain(prepared, second);
                assertEquals(undisturbed, prepared.resume(Duration.ofSeconds(5)).normalized(), where);
                assertTrue(operationCase.allows(prepared.effects().getAsInt()), where);
            }
        }
    }

    /** The answer is lost first; then the machine goes down while the service is asked what became of the request. */
    @ParameterizedTest
    @EnumSource
    void outcomeIsAsUndisturbedWhenAResponseIsLostBeforeACrash(DriverKind kind) {
        String undisturbed = operationCase.prepare(kind).run().normalized();
        for (Fault loss : List.of(
                UsualFaults.actThenCut(), UsualFaults.cutBeforeActing(), UsualFaults.tooManyRequestsRetryAfter(5))) {
            int events = events(losing(kind, loss));
            for (int at = 1; at <= events; at++) {
                PreparedCase<?> prepared = losing(kind, loss);
                crashAt(prepared, at);
                assertThrows(SimulatedCrash.class, prepared::run);
                String where = "crash at event " + at;
                assertEquals(
                        undisturbed, prepared.resume(Duration.ofSeconds(20)).normalized(), where);
                assertTrue(operationCase.allows(prepared.effects().getAsInt()), where);
            }
        }
    }

    private PreparedCase<?> losing(DriverKind kind, Fault loss) {
        PreparedCase<?> prepared = operationCase.prepare(kind);
        prepared.harness().service().failNext(loss);
        return prepared;
    }

    /** False where it came to its end first; from what was written down it comes to the same end again. */
    private static boolean crashesAgain(PreparedCase<?> prepared, int at) {
        try {
            prepared.resume(Duration.ofSeconds(5), () -> crashAt(prepared, at));
            return false;
        } catch (SimulatedCrash crash) {
            return true;
        }
    }

    private static void crashAt(PreparedCase<?> prepared, int event) {
        int[] events = {0};
        prepared.onEachEvent(() -> {
            if (++events[0] == event) {
                throw new SimulatedCrash();
            }
        });
    }

    private static int events(PreparedCase<?> prepared) {
        int[] events = {0};
        prepared.onEachEvent(() -> events[0]++);
        prepared.run();
        return events[0];
    }
}
