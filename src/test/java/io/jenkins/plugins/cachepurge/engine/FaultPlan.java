package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.OperationUnderFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Faults, crashes and aborts of one run of an operation.
 *
 * @param composition the parts of a {@link OperationUnderFaults#COMPOSED} operation
 * @param serviceTime how long the service takes
 * @param finalStatus which of its statuses the service ends with, see {@link OperationUnderFaults#prepare}
 * @param unreachable how many of the first exchanges get no connection
 * @param faults of the exchanges after that; later exchanges have none
 * @param crashes after how many events, counted from the last start, the machine crashes
 * @param abortAt at which event it is aborted, 0 for never
 */
public record FaultPlan(
        OperationUnderFaults operation,
        GeneratedOperation composition,
        DriverKind kind,
        Duration serviceTime,
        int finalStatus,
        Duration timeout,
        int unreachable,
        List<InjectedFault> faults,
        List<CrashAt> crashes,
        int abortAt) {

    private static final List<Duration> SERVICE_TIMES = List.of(
            Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(3));
    private static final List<Duration> TIMEOUTS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            Duration.ofMinutes(150));
    private static final List<Duration> DOWNTIMES =
            List.of(Duration.ZERO, Duration.ofSeconds(3), Duration.ofMinutes(3), Duration.ofHours(1));

    /** @param events after how many events it goes down */
    public record CrashAt(int events, Duration time) {}

    /** The same seed gives the same plan. */
    public static FaultPlan of(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        DriverKind kind = any(random, List.of(DriverKind.values()));
        InjectedFault[] all = InjectedFault.values();
        boolean rough = random.nextBoolean();
        List<InjectedFault> faults = new ArrayList<>();
        for (int left = random.nextInt(12); left > 0; left--) {
            InjectedFault next = random.nextInt(3) == 0 ? InjectedFault.NONE : all[random.nextInt(all.length)];
            boolean mild = next.effect().compareTo(InjectedFault.Effect.UNKNOWN_EFFECT) <= 0
                    && next.effect() != InjectedFault.Effect.BEYOND_DEADLINE;
            faults.add(rough || mild ? next : InjectedFault.NONE);
        }
        List<CrashAt> crashes = new ArrayList<>();
        for (int left = random.nextInt(6) - 2; left > 0; left--) {
            crashes.add(new CrashAt(1 + random.nextInt(12), any(random, DOWNTIMES)));
        }
        boolean aborted = kind == DriverKind.ASYNC && crashes.isEmpty() && random.nextInt(4) == 0;
        boolean composed = random.nextInt(4) == 0;
        return new FaultPlan(
                composed ? OperationUnderFaults.COMPOSED : any(random, List.of(OperationUnderFaults.values())),
                GeneratedOperation.of(random),
                kind,
                any(random, SERVICE_TIMES),
                random.nextInt(3) == 0 ? random.nextInt(7) : 0,
                any(random, TIMEOUTS),
                Math.max(0, random.nextInt(8) - 4),
                List.copyOf(faults),
                List.copyOf(crashes),
                aborted ? 1 + random.nextInt(12) : 0);
    }

    private static <T> T any(RandomGenerator random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Whether it can be over before the deadline if the service does what it takes. */
    public boolean leavesTime() {
        Duration down = crashes.stream().map(CrashAt::time).reduce(Duration.ZERO, Duration::plus);
        Duration disturbed = Duration.ofMinutes(2L * faults.size() + 5);
        Duration needed =
                operation == OperationUnderFaults.COMPOSED ? composition.leastTime() : serviceTime.multipliedBy(2);
        return needed.plus(down).plus(disturbed).compareTo(timeout) < 0;
    }

    /** Plans that are a little simpler. */
    public Stream<FaultPlan> shrink() {
        List<FaultPlan> all = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            List<InjectedFault> fewer = new ArrayList<>(faults);
            fewer.remove(i);
            all.add(with(unreachable, fewer, crashes, serviceTime));
            if (faults.get(i) != InjectedFault.NONE) {
                List<InjectedFault> milder = new ArrayList<>(faults);
                milder.set(i, InjectedFault.NONE);
                all.add(with(unreachable, milder, crashes, serviceTime));
            }
        }
        for (int i = 0; i < crashes.size(); i++) {
            List<CrashAt> fewer = new ArrayList<>(crashes);
            fewer.remove(i);
            all.add(with(unreachable, faults, fewer, serviceTime));
        }
        if (unreachable > 0) {
            all.add(with(0, faults, crashes, serviceTime));
        }
        if (!serviceTime.isZero()) {
            all.add(with(unreachable, faults, crashes, Duration.ZERO));
        }
        return Stream.concat(all.stream(), composition.shrink().map(this::with));
    }

    /** The operation with a service that nobody has used yet. */
    public OperationUnderFaults.Expectation prepare() {
        return operation == OperationUnderFaults.COMPOSED
                ? composition.prepare(kind)
                : operation.prepare(kind, serviceTime, finalStatus);
    }

    private FaultPlan with(GeneratedOperation composition) {
        return new FaultPlan(
                operation, composition, kind, serviceTime, finalStatus, timeout, unreachable, faults, crashes, abortAt);
    }

    private FaultPlan with(int unreachable, List<InjectedFault> faults, List<CrashAt> crashes, Duration serviceTime) {
        return new FaultPlan(
                operation,
                composition,
                kind,
                serviceTime,
                finalStatus,
                timeout,
                unreachable,
                List.copyOf(faults),
                List.copyOf(crashes),
                abortAt);
    }
}
