package io.jenkins.plugins.cachepurge.steps;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Detects when Pipeline has saved its program with an execution in it. After a crash before that, Pipeline would start
 * the step again, as another execution without its checkpoint. Saving cannot be requested, since it is possible only
 * between the steps of all branches.
 */
final class ProgramSaveDetector {

    /** Pipeline does not save after each step in all of its durability settings. */
    private static final Duration MAX_WAIT_FOR_WRITE = Duration.ofMillis(200);

    /** A program that takes longer is stuck. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    /** Precision of the times of files. */
    private static final Duration FILE_TIME_PRECISION = Duration.ofSeconds(2);

    /** Pattern of the file to which {@code CpsThreadGroup} writes the program before it replaces the last one. */
    private static final String UNFINISHED_PROGRAMS = "atomic*.tmp";

    private volatile boolean written;

    /** Pipeline is writing the execution, as part of a program that is not complete yet. */
    void executionWritten() {
        written = true;
    }

    /**
     * Whether to wait no longer.
     *
     * @param startedMillis when the execution started, in milliseconds since 1970
     * @param waited since the execution started
     */
    boolean isOver(Path buildDirectory, long startedMillis, Duration waited) {
        if (waited.compareTo(MAX_WAIT) >= 0) {
            return true;
        }
        boolean expected = !written && waited.compareTo(MAX_WAIT_FOR_WRITE) < 0;
        return !expected && !isBeingWritten(buildDirectory, startedMillis - FILE_TIME_PRECISION.toMillis());
    }

    /** @param sinceMillis a crash may have left older files */
    private static boolean isBeingWritten(Path buildDirectory, long sinceMillis) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(buildDirectory, UNFINISHED_PROGRAMS)) {
            for (Path file : files) {
                if (file.toFile().lastModified() >= sinceMillis) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
