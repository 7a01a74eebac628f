package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jenkins.plugins.cachepurge.operation.OperationCase;

/**
 * The controller crashes before or after a service acted, or after anything was written down, and goes on from what is
 * left: the end is the same, and nothing is done twice that must not be.
 */
@ParameterizedClass
@EnumSource(OperationCase.class)
class OperationRestartTest {

    /** At once, within the deadline, and long after it: then the service is still asked once more. */
    private static final List<Duration> DOWNTIMES = List.of(Duration.ZERO, Duration.ofMinutes(3), Duration.ofHours(1));

    @Parameter
    private OperationCase scene;

    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhereverItCrashes(DriverKind kind) {
        String undisturbed = scene.prepare(kind).run().normalized();
        int events = events(scene.prepare(kind));
        assertTrue(events > 1, "nothing to crash at");
        for (Duration downtime : DOWNTIMES) {
            for (int at = 1; at <= events; at++) {
                PreparedCase<?> play = scene.prepare(kind);
                crashAt(play, at);
                String where = "crash at event %d, down for %s".formatted(at, downtime);
                assertThrows(SimulatedCrash.class, play::run, where);
                assertEquals(undisturbed, play.resume(downtime).normalized(), where);
                assertTrue(scene.allows(play.effects().getAsInt()), where);
                assertTrue(
                        play.effects().getAsInt() <= scene.effects() + 1,
                        () -> "more done again than what was under way: " + where);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhenItCrashesAgain(DriverKind kind) {
        String undisturbed = scene.prepare(kind).run().normalized();
        int events = events(scene.prepare(kind));
        for (int first = 1; first <= events; first++) {
            boolean again = true;
            for (int second = 1; again; second++) {
                PreparedCase<?> play = scene.prepare(kind);
                crashAt(play, first);
                String where = "crashes at events %d and %d".formatted(first, second);
                assertThrows(SimulatedCrash.class, play::run, where);
                again = crashesAgain(play, second);
                assertEquals(undisturbed, play.resume(Duration.ofSeconds(5)).normalized(), where);
                assertTrue(scene.allows(play.effects().getAsInt()), where);
            }
        }
    }

    /** The answer is lost first; then the machine goes down while the service is asked what became of the request. */
    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhenAnAnswerIsLostToo(DriverKind kind) {
        String undisturbed = scene.prepare(kind).run().normalized();
        for (Fault loss : List.of(Faults.actThenCut(), Faults.cutBeforeActing(), Faults.tooManyRequestsRetryAfter(5))) {
            int events = events(losing(kind, loss));
            for (int at = 1; at <= events; at++) {
                PreparedCase<?> play = losing(kind, loss);
                crashAt(play, at);
                assertThrows(SimulatedCrash.class, play::run);
                String where = "crash at event " + at;
                assertEquals(undisturbed, play.resume(Duration.ofSeconds(20)).normalized(), where);
                assertTrue(scene.allows(play.effects().getAsInt()), where);
            }
        }
    }

    private PreparedCase<?> losing(DriverKind kind, Fault loss) {
        PreparedCase<?> play = scene.prepare(kind);
        play.bench().service().failNext(loss);
        return play;
    }

    /** False where it came to its end first; from what was written down it comes to the same end again. */
    private static boolean crashesAgain(PreparedCase<?> play, int at) {
        try {
            play.resume(Duration.ofSeconds(5), () -> crashAt(play, at));
            return false;
        } catch (SimulatedCrash crash) {
            return true;
        }
    }

    private static void crashAt(PreparedCase<?> play, int event) {
        int[] events = {0};
        play.onEachEvent(() -> {
            if (++events[0] == event) {
                throw new SimulatedCrash();
            }
        });
    }

    private static int events(PreparedCase<?> play) {
        int[] events = {0};
        play.onEachEvent(() -> events[0]++);
        play.run();
        return events[0];
    }
}
