package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.Optional;

/** Count of a problem that repeats, so that the console is not told all of it each time. Not safe for several threads. */
final class RepeatedProblem {

    private final LocalizedText operation;
    private String problem = "";
    private int times;
    private int told;

    /** @param operation which one has the problem; the lines of several may stand between each other */
    RepeatedProblem(LocalizedText operation) {
        this.operation = operation;
    }

    /**
     * Counts a problem.
     *
     * @param next what follows, such as "Now trying again in 2 s"
     * @return the line about it: all of it the first time, then its count after 2, 4, 8 times and so on; else empty
     */
    Optional<LocalizedText> line(String message, LocalizedText next) {
        if (!message.equals(problem)) {
            problem = message;
            times = 1;
            told = 1;
            return Optional.of(LocalizedText.of("retry.problem", message, next));
        }
        times++;
        if (times < 2 * told) {
            return Optional.empty();
        }
        told = times;
        return Optional.of(LocalizedText.of("retry.again", operation, times, next));
    }

    /** The line about those that were not told; empty if there are none. The next problem is another one. */
    Optional<LocalizedText> end() {
        boolean untold = times > told;
        LocalizedText line = LocalizedText.of("retry.times", operation, times);
        problem = "";
        told = times;
        return untold ? Optional.of(line) : Optional.empty();
    }
}
