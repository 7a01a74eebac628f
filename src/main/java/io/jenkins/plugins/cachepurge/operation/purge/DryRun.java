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
     * @param nothing its result
     */
    public static Operation<?, PurgeResult> of(OperationDescription description, PurgeResult nothing) {
        return Operation.of(description, nothing, new SucceededState<PurgeResult, PurgeResult>(nothing));
    }
}
