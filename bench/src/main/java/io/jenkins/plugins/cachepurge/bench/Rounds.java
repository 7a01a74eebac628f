package io.jenkins.plugins.cachepurge.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Measures what is compared in turn, several times, so that what else the machine does meets all of it. */
final class Rounds {

    private Rounds() {}

    /** Does what is compared, once, and says what that cost. */
    @FunctionalInterface
    interface Measurement<S, C> {
        C of(S what) throws Exception;
    }

    /**
     * @param named what is compared
     * @param warmUp how many rounds come first and do not count
     * @return what each cost in each round, in their order
     */
    static <S, C> Map<String, List<C>> interleaved(
            Map<String, S> named, int warmUp, int rounds, Measurement<S, C> measurement) throws Exception {
        Map<String, List<C>> costs = new LinkedHashMap<>();
        for (int round = 1 - warmUp; round <= rounds; round++) {
            for (Map.Entry<String, S> each : named.entrySet()) {
                C cost = measurement.of(each.getValue());
                System.err.printf("%s %s: %s%n", round > 0 ? round : "(warming up)", each.getKey(), cost);
                if (round > 0) {
                    costs.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        return costs;
    }

    /** The one in the middle; the upper one where there are two. */
    static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
