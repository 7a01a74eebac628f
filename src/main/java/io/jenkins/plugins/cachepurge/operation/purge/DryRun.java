package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import java.util.List;

/** A purge that sends nothing: what it would send was checked when it was put together. */
public final class DryRun {

    private DryRun() {}

    /**
     * @param purge what would be done
     * @param provider the CDN's symbol
     * @param target what would be purged at the CDN
     */
    public static Operation<PurgeResult> of(
            Operation<PurgeResult> purge, String provider, String target, PurgeSelection what) {
        PurgeResult nothing = new PurgeResult(provider, target, PurgeResult.DRY_RUN, what, List.of());
        return new SucceededState<>(purge.subject(), nothing);
    }
}
