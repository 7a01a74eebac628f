package io.jenkins.plugins.cachepurge.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What happens to one operation.
 *
 * @param takes how long the service takes
 * @param course how the service ends, see {@link Tale#world}
 * @param unreachable how many of the first exchanges come to no connection
 * @param mishaps what becomes of the exchanges after that, the last of them followed by good ones
 * @param crashes after how many events, counted from the last start, the machine goes down
 * @param abortAt at which event it is aborted, 0 for never
 */
record Story(
        Tale tale,
        DriverKind kind,
        Duration takes,
        int course,
        Duration timeout,
        int unreachable,
        List<Mishap> mishaps,
        List<Down> crashes,
        int abortAt) {

    private static final List<Duration> TAKES = List.of(
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
    record Down(int events, Duration time) {}

    /** The same seed tells the same story. */
    static Story of(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        DriverKind kind = any(random, List.of(DriverKind.values()));
        Mishap[] all = Mishap.values();
        boolean rough = random.nextBoolean();
        List<Mishap> mishaps = new ArrayList<>();
        for (int left = random.nextInt(12); left > 0; left--) {
            Mishap next = random.nextInt(3) == 0 ? Mishap.NONE : all[random.nextInt(all.length)];
            boolean mild = next.kind().compareTo(Mishap.Kind.MAYBE) <= 0 && next.kind() != Mishap.Kind.TOO_LONG;
            mishaps.add(rough || mild ? next : Mishap.NONE);
        }
        List<Down> crashes = new ArrayList<>();
        for (int left = random.nextInt(6) - 2; left > 0; left--) {
            crashes.add(new Down(1 + random.nextInt(12), any(random, DOWNTIMES)));
        }
        boolean aborted = kind == DriverKind.ASYNC && crashes.isEmpty() && random.nextInt(4) == 0;
        return new Story(
                any(random, List.of(Tale.values())),
                kind,
                any(random, TAKES),
                random.nextInt(3) == 0 ? random.nextInt(7) : 0,
                any(random, TIMEOUTS),
                Math.max(0, random.nextInt(8) - 4),
                List.copyOf(mishaps),
                List.copyOf(crashes),
                aborted ? 1 + random.nextInt(12) : 0);
    }

    private static <T> T any(RandomGenerator random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Whether it can be over before the deadline if the service does what it takes. */
    boolean leavesTime() {
        Duration down = crashes.stream().map(Down::time).reduce(Duration.ZERO, Duration::plus);
        Duration mishapped = Duration.ofMinutes(2L * mishaps.size() + 5);
        return takes.multipliedBy(2).plus(down).plus(mishapped).compareTo(timeout) < 0;
    }

    /** Stories that are a little simpler. */
    Stream<Story> simpler() {
        List<Story> all = new ArrayList<>();
        for (int i = 0; i < mishaps.size(); i++) {
            List<Mishap> fewer = new ArrayList<>(mishaps);
            fewer.remove(i);
            all.add(with(unreachable, fewer, crashes, takes));
            if (mishaps.get(i) != Mishap.NONE) {
                List<Mishap> milder = new ArrayList<>(mishaps);
                milder.set(i, Mishap.NONE);
                all.add(with(unreachable, milder, crashes, takes));
            }
        }
        for (int i = 0; i < crashes.size(); i++) {
            List<Down> fewer = new ArrayList<>(crashes);
            fewer.remove(i);
            all.add(with(unreachable, mishaps, fewer, takes));
        }
        if (unreachable > 0) {
            all.add(with(0, mishaps, crashes, takes));
        }
        if (!takes.isZero()) {
            all.add(with(unreachable, mishaps, crashes, Duration.ZERO));
        }
        return all.stream();
    }

    private Story with(int unreachable, List<Mishap> mishaps, List<Down> crashes, Duration takes) {
        return new Story(
                tale, kind, takes, course, timeout, unreachable, List.copyOf(mishaps), List.copyOf(crashes), abortAt);
    }
}
