package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.SucceededState;

/** Purge that sends nothing: its parameters were checked when it was created. */
public final class DryRun {

    private DryRun() {}

    /**
     * A purge that ends without sending anything.
     *
     * @param description of the purge that would be sent
     * @param provider the CDN's symbol
     * @param target what would be purged at the CDN
     */
    public static Operation<?, PurgeResult> of(
            OperationDescription description, String provider, String target, PurgeSelection selection) {
        PurgeResult nothing = new PurgeResult(provider, target, PurgeResult.DRY_RUN, selection);
        return Operation.of(description, selection, new SucceededState<PurgeSelection, PurgeResult>(nothing));
    }
}
