package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.OperationUnderFaults;
import io.jenkins.plugins.cachepurge.operation.OperationUnderFaults.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever a service does and however often Jenkins crashes, the reported outcome matches the simulated service. Thousands
 * of generated trials, the same in each run: {@code -Dtrials.seed=7 -Dtrials=100000} generates others. A failure names the
 * seed of its trial, and the simplest plan that fails, too.
 */
class RandomFaultsTest {

    private static final long SEED = Long.getLong("trials.seed", 1_000_000);
    private static final int TRIALS = Integer.getInteger("trials", 3_000);

    /** Timeout of the request that cancels an operation. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration GRACE_AFTER_RESTART = Duration.ofSeconds(60);

    private static final int MAX_LOOKUPS = 3;

    /** The request for an access token is for all who wait for it: it goes on when one of them has ended. */
    private static final Set<OperationUnderFaults> SHARE_TOKENS =
            EnumSet.of(OperationUnderFaults.PURGE_GOOGLE, OperationUnderFaults.PURGE_AZURE);

    @Test
    void reportedOutcomeMatchesService() {
        Map<OperationUnderFaults, Integer> successes = new EnumMap<>(OperationUnderFaults.class);
        Set<ApiException.Kind> problems = EnumSet.noneOf(ApiException.Kind.class);
        for (long seed = SEED; seed < SEED + TRIALS; seed++) {
            FaultPlan plan = FaultPlan.of(seed);
            OperationOutcome<?> outcome = check(seed, plan);
            if (outcome != null && outcome.problem() == null) {
                successes.merge(plan.operation(), 1, Integer::sum);
            } else if (outcome != null && outcome.problem() instanceof ApiException problem) {
                problems.add(problem.kind());
            }
        }
        if (TRIALS >= 3_000) {
            assertEquals(Set.of(OperationUnderFaults.values()), successes.keySet(), "each operation has succeeded");
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

    private static OperationOutcome<?> check(long seed, FaultPlan plan) {
        try {
            return new Trial(plan).check();
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            FaultPlan simplest = simplest(plan);
            String why = wrong(simplest).map(Throwable::toString).orElse("");
            return fail("seed %d: %s%nsimplest: %s%n%s".formatted(seed, plan, simplest, why), e);
        }
    }

    /** The checks can fail: a driver that reports every operation as a success is detected. */
    @Test
    void detectsFalseSuccess() {
        for (OperationUnderFaults operation : OperationUnderFaults.values()) {
            Expectation expectation = operation.prepare(DriverKind.BLOCKING, Duration.ofHours(3), 0);
            OperationOutcome<?> truthful = operation
                    .prepare(DriverKind.BLOCKING, Duration.ZERO, 0)
                    .prepared()
                    .run();
            boolean reads = expectation.prepared().startsByReading();
            assertTrue(
                    reads || !expectation.resultIsTrue().test(truthful.succeeded()),
                    "nothing was done yet, so this success is false: " + operation);
        }
    }

    private static FaultPlan simplest(FaultPlan plan) {
        FaultPlan simplest = plan;
        for (Optional<FaultPlan> next = Optional.of(plan); next.isPresent(); ) {
            simplest = next.get();
            next = simplest.shrink().filter(each -> wrong(each).isPresent()).findFirst();
        }
        return simplest;
    }

    private static Optional<Throwable> wrong(FaultPlan plan) {
        try {
            new Trial(plan).check();
            return Optional.empty();
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    /** One run of a plan. */
    private static final class Trial {

        private final FaultPlan plan;
        private final Expectation expectation;
        private final Set<InjectedFault.Effect> met = EnumSet.noneOf(InjectedFault.Effect.class);
        private int exchanges;
        private int doubts;
        /** When it went on after the last restart. */
        private Optional<Instant> resumed = Optional.empty();

        private int requestsAtAbort = -1;

        Trial(FaultPlan plan) {
            this.plan = plan;
            this.expectation = plan.prepare();
        }

        OperationOutcome<?> run() {
            return run(expectation.prepared());
        }

        private <R extends OperationResult> OperationOutcome<R> run(PreparedCase<R> prepared) {
            EngineHarness harness = prepared.harness();
            harness.transport().unreachable(plan.unreachable());
            harness.service().failEvery(request -> true, (request, service) -> {
                InjectedFault fault =
                        exchanges < plan.faults().size() ? plan.faults().get(exchanges) : InjectedFault.NONE;
                exchanges++;
                met.add(fault.effect());
                boolean doubtful = fault.effect() == InjectedFault.Effect.UNKNOWN_EFFECT
                        || fault.effect() == InjectedFault.Effect.UNREADABLE;
                doubts += doubtful ? 1 : 0;
                return fault.fault().apply(request, service);
            });
            if (plan.abortAt() > 0) {
                return aborted(prepared);
            }
            for (int crash = 0; ; crash++) {
                arm(prepared, crash);
                try {
                    return harness.run(
                            crash == 0
                                    ? harness.session(prepared.operation(), plan.timeout())
                                    : harness.resumed(prepared.operation(), plan.timeout()));
                } catch (SimulatedCrash e) {
                    doubts++;
                    harness.transport().atEachBoundary(() -> {});
                    harness.checkpoints().afterEachSave(() -> {});
                    harness.restart();
                    prepared.time().sleep(plan.crashes().get(crash).time());
                    resumed = Optional.of(prepared.time().instant());
                }
            }
        }

        private void arm(PreparedCase<?> prepared, int crash) {
            int[] events = {0};
            prepared.onEachEvent(() -> {
                if (crash < plan.crashes().size()
                        && ++events[0] == plan.crashes().get(crash).events()) {
                    throw new SimulatedCrash();
                }
            });
        }

        /** Null if it was aborted in time. */
        private <R extends OperationResult> OperationOutcome<R> aborted(PreparedCase<R> prepared) {
            RecordingCallback<R> callback = new RecordingCallback<>();
            AsyncDriver<R> driver = prepared.harness()
                    .async(prepared.harness().session(prepared.operation(), plan.timeout()), callback);
            int[] events = {0};
            prepared.onEachEvent(() -> {
                if (++events[0] == plan.abortAt() && driver.abort()) {
                    requestsAtAbort = prepared.harness().service().requests().size();
                }
            });
            driver.start();
            prepared.time().runAll();
            assertEquals(0, prepared.harness().transport().inFlightCount(), "exchanges that are still under way");
            assertEquals(requestsAtAbort < 0, !callback.isEmpty(), "an outcome is reported unless it was aborted");
            return requestsAtAbort < 0 ? callback.single() : null;
        }

        OperationOutcome<?> check() {
            OperationOutcome<?> outcome = run();
            PreparedCase<?> prepared = expectation.prepared();
            Instant reportedAt = prepared.harness().reportedAt();
            assertTrue(reportedAt == null || !reportedAt.isAfter(latest()), "it is reported in time: " + reportedAt);
            Duration more = SHARE_TOKENS.contains(plan.operation()) ? HttpLimits.EXCHANGE_TIMEOUT : Duration.ZERO;
            assertTrue(
                    !prepared.time().instant().isAfter(latest().plus(more)),
                    "it is over in time: " + prepared.time().passed());
            String said = prepared.harness().consoleText() + (outcome == null ? "" : outcome.problem());
            OperationUnderFaults.secrets()
                    .forEach(secret -> assertFalse(said.contains(secret), "a secret is printed: " + said));
            boolean again = expectation.duplicates().getAsInt() > 1;
            assertFalse(again && !plan.operation().duplicatesAllowed(), "something was submitted twice");
            assertFalse(
                    again && !said.contains("which is harmless") && !said.contains("restart"),
                    "no line says that something was submitted twice: " + said);
            if (outcome == null) {
                int after = prepared.harness().service().requests().size() - requestsAtAbort;
                // The requests that were under way arrive, and one more may cancel.
                assertTrue(after <= (isComposed() ? 20 : 8), "sent after the abort: " + after);
            } else if (outcome.problem() == null) {
                assertTrue(
                        expectation.resultIsTrue().test(outcome.result()), "a false success: " + outcome.normalized());
            } else {
                checkProblem(assertInstanceOf(ApiException.class, outcome.problem()));
            }
            if (outcome != null && nothingStandsInTheWay()) {
                assertEquals(null, outcome.problem(), "it succeeds in the end");
                assertEquals(normalized(undisturbed()), normalized(outcome), "it comes to the same end as undisturbed");
            }
            return outcome;
        }

        private OperationOutcome<?> undisturbed() {
            return plan.prepare().prepared().run(plan.timeout());
        }

        /** What a service says of something that it has only begun depends on when it is asked. */
        private String normalized(OperationOutcome<?> outcome) {
            return plan.operation().sameResult() ? outcome.normalized() : "begun";
        }

        private boolean isComposed() {
            return plan.operation() == OperationUnderFaults.COMPOSED;
        }

        private Instant latest() {
            Instant planned = VirtualTime.START.plus(plan.timeout());
            Instant grace = resumed.map(time -> time.plus(GRACE_AFTER_RESTART)).orElse(planned);
            Instant deadline = planned.isAfter(grace) ? planned : grace;
            return plan.operation() == OperationUnderFaults.RUN_AND_CANCEL || isComposed() || plan.abortAt() > 0
                    ? deadline.plus(CANCEL_TIMEOUT)
                    : deadline;
        }

        private void checkProblem(ApiException problem) {
            String message = problem.getMessage();
            switch (problem.kind()) {
                case TIMED_OUT ->
                    assertTrue(
                            !expectation.prepared().time().instant().isBefore(VirtualTime.START.plus(plan.timeout())),
                            "too early: " + message);
                case FAILED ->
                    assertTrue(
                            expectation.failed().getAsBoolean() || doubts >= MAX_LOOKUPS,
                            "the service has not failed: " + message);
                case REFUSED ->
                    assertTrue(
                            met.contains(InjectedFault.Effect.REFUSED)
                                    || isComposed() && plan.composition().mayBeRefused(),
                            "nothing was refused: " + message);
                case UNREADABLE, SERVER_ERROR ->
                    assertTrue(met.contains(InjectedFault.Effect.UNREADABLE), "all could be read: " + message);
                // Told to come back later than there is time for.
                case RATE_LIMITED, UNAVAILABLE ->
                    assertTrue(
                            met.contains(InjectedFault.Effect.BEYOND_DEADLINE)
                                    || plan.timeout().compareTo(Duration.ofMinutes(2)) < 0
                                    || resumed.isPresent(),
                            "nothing took too long: " + message);
                default -> fail("no way to end: " + message);
            }
        }

        /** Whether each fault passes, nobody is left in doubt for too long, and there is time enough. */
        private boolean nothingStandsInTheWay() {
            return expectation.succeeds()
                    && plan.leavesTime()
                    && doubts < MAX_LOOKUPS
                    && Set.of(
                                    InjectedFault.Effect.NONE,
                                    InjectedFault.Effect.RETRYABLE,
                                    InjectedFault.Effect.UNKNOWN_EFFECT)
                            .containsAll(met);
        }
    }
}
