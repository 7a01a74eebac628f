package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.changes.WorkspaceSource;
import java.io.PrintStream;
import java.time.Instant;

/**
 * What a step may use to prepare its operation.
 *
 * @param id of the operation, unique in the build, and the same after a restart
 * @param resumed whether it may have been prepared before a restart
 * @param startedAt when the step began, by the clock of the runtime
 * @param console of the build; writing may block
 */
public record PreparationContext(
        BuildContext build,
        String id,
        boolean resumed,
        Instant startedAt,
        WorkspaceSource workspace,
        PrintStream console) {}
