package io.jenkins.plugins.cachepurge.operation;

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

/**
 * The controller crashes before or after a service acted, or after anything was written down, and goes on from what is
 * left: the end is the same, and nothing is done twice that must not be.
 */
@ParameterizedClass
@EnumSource(Scene.class)
class RestartTest {

    /** At once, within the deadline, and long after it: then the service is still asked once more. */
    private static final List<Duration> DOWNTIMES = List.of(Duration.ZERO, Duration.ofMinutes(3), Duration.ofHours(1));

    @Parameter
    private Scene scene;

    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhereverItCrashes(DriverKind kind) {
        String undisturbed = scene.play(kind).run().gist();
        int events = events(scene.play(kind));
        assertTrue(events > 1, "nothing to crash at");
        for (Duration downtime : DOWNTIMES) {
            for (int at = 1; at <= events; at++) {
                Play<?> play = scene.play(kind);
                crashAt(play, at);
                String where = "crash at event %d, down for %s".formatted(at, downtime);
                assertThrows(Crash.class, play::run, where);
                assertEquals(undisturbed, play.resume(downtime).gist(), where);
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
        String undisturbed = scene.play(kind).run().gist();
        int events = events(scene.play(kind));
        for (int first = 1; first <= events; first++) {
            boolean again = true;
            for (int second = 1; again; second++) {
                Play<?> play = scene.play(kind);
                crashAt(play, first);
                String where = "crashes at events %d and %d".formatted(first, second);
                assertThrows(Crash.class, play::run, where);
                again = crashesAgain(play, second);
                assertEquals(undisturbed, play.resume(Duration.ofSeconds(5)).gist(), where);
                assertTrue(scene.allows(play.effects().getAsInt()), where);
            }
        }
    }

    /** The answer is lost first; then the machine goes down while the service is asked what became of the request. */
    @ParameterizedTest
    @EnumSource
    void comesToTheSameEndWhenAnAnswerIsLostToo(DriverKind kind) {
        String undisturbed = scene.play(kind).run().gist();
        for (Fault loss : List.of(Faults.actThenCut(), Faults.cutBeforeActing(), Faults.tooManyRequestsRetryAfter(5))) {
            int events = events(losing(kind, loss));
            for (int at = 1; at <= events; at++) {
                Play<?> play = losing(kind, loss);
                crashAt(play, at);
                assertThrows(Crash.class, play::run);
                String where = "crash at event " + at;
                assertEquals(undisturbed, play.resume(Duration.ofSeconds(20)).gist(), where);
                assertTrue(scene.allows(play.effects().getAsInt()), where);
            }
        }
    }

    private Play<?> losing(DriverKind kind, Fault loss) {
        Play<?> play = scene.play(kind);
        play.bench().service().failNext(loss);
        return play;
    }

    /** False where it came to its end first; from what was written down it comes to the same end again. */
    private static boolean crashesAgain(Play<?> play, int at) {
        try {
            play.resume(Duration.ofSeconds(5), () -> crashAt(play, at));
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    private static void crashAt(Play<?> play, int event) {
        int[] events = {0};
        play.atEachEvent(() -> {
            if (++events[0] == event) {
                throw new Crash();
            }
        });
    }

    private static int events(Play<?> play) {
        int[] events = {0};
        play.atEachEvent(() -> events[0]++);
        play.run();
        return events[0];
    }
}
