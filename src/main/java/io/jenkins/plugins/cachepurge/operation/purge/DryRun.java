package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import java.util.List;

/** A purge that sends nothing: what it would send was checked when it was put together. */
public final class DryRun {

    private DryRun() {}

    public static Operation<PurgeResult> of(Subject subject, String provider, String target, PurgeSelection what) {
        return new Finished<>(subject, new PurgeResult(provider, target, PurgeResult.DRY_RUN, what, List.of()));
    }
}
