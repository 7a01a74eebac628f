package io.jenkins.plugins.cachepurge.changes;

import java.io.PrintStream;
import java.util.Optional;

/** Console of a step that prepares its operation, and what the step waits for. Safe for several threads. */
public final class PreparationConsole {

    private final PrintStream console;
    private volatile Optional<String> awaited = Optional.empty();

    /** @param console of the build; writing may block */
    public PreparationConsole(PrintStream console) {
        this.console = console;
    }

    /** Prints a line. */
    public void println(String line) {
        console.println(line);
    }

    /** The step waits for a build that purges the same. */
    void waitsFor(String build) {
        awaited = Optional.of(build);
        println("Waiting for the purge of build " + build);
    }

    void waitsNoMore() {
        awaited = Optional.empty();
    }

    /** What the step waits for, for the message about a timeout; empty for nothing. */
    public Optional<String> awaited() {
        return awaited.map(build ->
                "nothing was sent, since build %s purges the same and has not ended its purge".formatted(build));
    }
}
