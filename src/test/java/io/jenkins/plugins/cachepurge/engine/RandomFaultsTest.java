package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.FaultCase;
import io.jenkins.plugins.cachepurge.operation.FaultCase.Expectation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever a service does and however often Jenkins goes down, what is told in the end is what is true at the service.
 * Thousands of stories, always the same ones unless told otherwise: {@code -Dstories.seed=7 -Dstories=100000} tells
 * others, and a failure names the seed of its story and the simplest story that fails in the same way.
 */
class RandomFaultsTest {

    private static final long SEED = Long.getLong("stories.seed", 1_000_000);
    private static final int STORIES = Integer.getInteger("stories", 3_000);

    /** How long a service gets to take note that nobody waits any more. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final Duration GRACE_AFTER_RESTART = Duration.ofSeconds(60);

    private static final int LOOK_UPS = 3;

    @Test
    void whatIsToldIsTrue() {
        Map<FaultCase, Integer> successes = new EnumMap<>(FaultCase.class);
        Set<ApiException.Kind> problems = EnumSet.noneOf(ApiException.Kind.class);
        for (long seed = SEED; seed < SEED + STORIES; seed++) {
            FaultPlan story = FaultPlan.of(seed);
            Optional<Throwable> wrong = wrong(story);
            if (wrong.isPresent()) {
                FaultPlan simplest = simplest(story);
                fail(
                        "seed %d: %s%nsimplest: %s%n%s"
                                .formatted(
                                        seed, story, simplest, wrong(simplest).orElseThrow()),
                        wrong.get());
            }
            OperationOutcome<?> outcome = new Trial(story).tell();
            if (outcome != null && outcome.problem() == null) {
                successes.merge(story.operation(), 1, Integer::sum);
            } else if (outcome != null && outcome.problem() instanceof ApiException problem) {
                problems.add(problem.kind());
            }
        }
        if (STORIES >= 3_000) {
            assertEquals(Set.of(FaultCase.values()), successes.keySet(), "each operation has succeeded");
            // Hardly any story has four of these in a row.
            problems.remove(ApiException.Kind.SERVER_ERROR);
            assertEquals(
                    Set.of(
                            ApiException.Kind.TIMED_OUT,
                            ApiException.Kind.REFUSED,
                            ApiException.Kind.FAILED,
                            ApiException.Kind.UNREADABLE,
                            ApiException.Kind.RATE_LIMITED,
                            ApiException.Kind.UNAVAILABLE),
                    problems,
                    "each kind of end has come about");
        }
    }

    private static OperationOutcome<?> check(long seed, FaultPlan story) {
        try {
            return new Trial(story).check();
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            FaultPlan simplest = simplest(story);
            String why = wrong(simplest).map(Throwable::toString).orElse("");
            return fail("seed %d: %s%nsimplest: %s%n%s".formatted(seed, story, simplest, why), e);
        }
    }

    /** The checks can fail: a driver that calls everything a success is found out. */
    @Test
    void aLieIsFoundOut() {
        for (FaultCase tale : FaultCase.values()) {
            Expectation world = tale.prepare(DriverKind.BLOCKING, Duration.ofHours(3), 0);
            OperationOutcome<?> honest = tale.prepare(DriverKind.BLOCKING, Duration.ZERO, 0)
                    .prepared()
                    .run();
            boolean reads = world.prepared().startsByReading();
            assertTrue(
                    reads || !world.resultIsTrue().test(honest.succeeded()),
                    "nothing was done yet, so this is a lie: " + tale);
        }
    }

    private static FaultPlan simplest(FaultPlan story) {
        FaultPlan simplest = story;
        for (Optional<FaultPlan> next = Optional.of(story); next.isPresent(); ) {
            simplest = next.get();
            next = simplest.shrink().filter(each -> wrong(each).isPresent()).findFirst();
        }
        return simplest;
    }

    private static Optional<Throwable> wrong(FaultPlan story) {
        try {
            new Trial(story).check();
            return Optional.empty();
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    /** One run of a story. */
    private static final class Trial {

        private final FaultPlan story;
        private final Expectation world;
        private final Set<InjectedFault.Effect> met = EnumSet.noneOf(InjectedFault.Effect.class);
        private int exchanges;
        private int doubts;
        /** When it went on after the last restart. */
        private Optional<Instant> resumed = Optional.empty();

        private int requestsAtAbort = -1;

        Trial(FaultPlan story) {
            this.story = story;
            this.world = story.operation().prepare(story.kind(), story.serviceTime(), story.finalStatus());
        }

        OperationOutcome<?> tell() {
            return run(world.prepared());
        }

        private <R extends OperationResult> OperationOutcome<R> run(PreparedCase<R> prepared) {
            EngineHarness harness = prepared.harness();
            harness.transport().unreachable(story.unreachable());
            harness.service().failEvery(request -> true, (request, service) -> {
                InjectedFault mishap =
                        exchanges < story.faults().size() ? story.faults().get(exchanges) : InjectedFault.NONE;
                exchanges++;
                met.add(mishap.effect());
                boolean doubtful = mishap.effect() == InjectedFault.Effect.UNKNOWN_EFFECT
                        || mishap.effect() == InjectedFault.Effect.UNREADABLE;
                doubts += doubtful ? 1 : 0;
                return mishap.fault().apply(request, service);
            });
            if (story.abortAt() > 0) {
                return aborted(prepared);
            }
            for (int crash = 0; ; crash++) {
                arm(prepared, crash);
                try {
                    return harness.run(
                            crash == 0
                                    ? harness.session(prepared.operation(), story.timeout())
                                    : harness.resumed(prepared.operation(), story.timeout()));
                } catch (SimulatedCrash e) {
                    doubts++;
                    harness.transport().atEachBoundary(() -> {});
                    harness.checkpoints().afterEachSave(() -> {});
                    harness.restart();
                    prepared.time().sleep(story.crashes().get(crash).time());
                    resumed = Optional.of(prepared.time().instant());
                }
            }
        }

        private void arm(PreparedCase<?> prepared, int crash) {
            int[] events = {0};
            prepared.onEachEvent(() -> {
                if (crash < story.crashes().size()
                        && ++events[0] == story.crashes().get(crash).events()) {
                    throw new SimulatedCrash();
                }
            });
        }

        /** Null where it was aborted in time. */
        private <R extends OperationResult> OperationOutcome<R> aborted(PreparedCase<R> prepared) {
            RecordingCallback<R> callback = new RecordingCallback<>();
            AsyncDriver<R> driver = prepared.harness()
                    .async(prepared.harness().session(prepared.operation(), story.timeout()), callback);
            int[] events = {0};
            prepared.onEachEvent(() -> {
                if (++events[0] == story.abortAt() && driver.abort()) {
                    requestsAtAbort = prepared.harness().service().requests().size();
                }
            });
            driver.start();
            prepared.time().runAll();
            assertEquals(0, prepared.harness().transport().inFlightCount(), "exchanges that are still under way");
            assertEquals(requestsAtAbort < 0, !callback.isEmpty(), "an end is told unless it was aborted");
            return requestsAtAbort < 0 ? callback.single() : null;
        }

        OperationOutcome<?> check() {
            OperationOutcome<?> outcome = tell();
            PreparedCase<?> prepared = world.prepared();
            assertTrue(
                    !prepared.time().instant().isAfter(latest()),
                    "it is over in time: " + prepared.time().passed());
            String said = prepared.harness().consoleText() + (outcome == null ? "" : outcome.problem());
            FaultCase.secrets().forEach(secret -> assertFalse(said.contains(secret), "a secret is told: " + said));
            boolean again = world.duplicates().getAsInt() > 1;
            assertFalse(again && !story.operation().duplicatesAllowed(), "something was submitted twice");
            assertFalse(
                    again && !said.contains("which is harmless") && !said.contains("restart"),
                    "nobody was told that something was submitted twice: " + said);
            if (outcome == null) {
                int after = prepared.harness().service().requests().size() - requestsAtAbort;
                // The requests that were under way arrive, and one more may cancel.
                assertTrue(after <= 8, "sent after the abort: " + after);
            } else if (outcome.problem() == null) {
                assertTrue(world.resultIsTrue().test(outcome.result()), "a false success: " + outcome.normalized());
            } else {
                checkProblem(assertInstanceOf(ApiException.class, outcome.problem()));
            }
            if (outcome != null && nothingStandsInTheWay()) {
                assertEquals(null, outcome.problem(), "it succeeds in the end");
                assertEquals(gist(undisturbed()), gist(outcome), "it comes to the same end as undisturbed");
            }
            return outcome;
        }

        private OperationOutcome<?> undisturbed() {
            return story.operation()
                    .prepare(story.kind(), story.serviceTime(), story.finalStatus())
                    .prepared()
                    .run(story.timeout());
        }

        /** What a service says of something that it has only begun depends on when it is asked. */
        private String gist(OperationOutcome<?> outcome) {
            return story.operation().sameResult() ? outcome.normalized() : "begun";
        }

        private Instant latest() {
            Instant planned = VirtualTime.START.plus(story.timeout());
            Instant grace = resumed.map(time -> time.plus(GRACE_AFTER_RESTART)).orElse(planned);
            Instant deadline = planned.isAfter(grace) ? planned : grace;
            return story.operation() == FaultCase.RUN_AND_CANCEL || story.abortAt() > 0
                    ? deadline.plus(FAREWELL)
                    : deadline;
        }

        private void checkProblem(ApiException problem) {
            String message = problem.getMessage();
            switch (problem.kind()) {
                case TIMED_OUT ->
                    assertTrue(
                            !world.prepared().time().instant().isBefore(VirtualTime.START.plus(story.timeout())),
                            "too early: " + message);
                case FAILED ->
                    assertTrue(
                            world.failed().getAsBoolean() || doubts >= LOOK_UPS,
                            "the service has not failed: " + message);
                case REFUSED ->
                    assertTrue(met.contains(InjectedFault.Effect.REFUSED), "nothing was refused: " + message);
                case UNREADABLE, SERVER_ERROR ->
                    assertTrue(met.contains(InjectedFault.Effect.UNREADABLE), "all could be read: " + message);
                // Told to come back later than there is time for.
                case RATE_LIMITED, UNAVAILABLE ->
                    assertTrue(
                            met.contains(InjectedFault.Effect.BEYOND_DEADLINE)
                                    || story.timeout().compareTo(Duration.ofMinutes(2)) < 0
                                    || resumed.isPresent(),
                            "nothing took too long: " + message);
                default -> fail("no way to end: " + message);
            }
        }

        /** Whether each mishap passes, nobody is left in doubt for too long, and there is time enough. */
        private boolean nothingStandsInTheWay() {
            return world.succeeds()
                    && story.leavesTime()
                    && doubts < LOOK_UPS
                    && Set.of(
                                    InjectedFault.Effect.NONE,
                                    InjectedFault.Effect.RETRYABLE,
                                    InjectedFault.Effect.UNKNOWN_EFFECT)
                            .containsAll(met);
        }
    }
}
