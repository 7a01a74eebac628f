package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.time.Duration;

/**
 * Permit that others get if it is not used soon, since an executor, a lookup or a disk blocks.
 *
 * @param end alarm that gives the permit back
 */
record ReservedPermit(Quota.Permit permit, Cancellable end) {

    static final Duration MAX_UNUSED = Duration.ofMillis(200);

    static ReservedPermit of(Quota.Permit permit, Scheduler timer) {
        return new ReservedPermit(permit, timer.scheduleOrDrop(MAX_UNUSED, permit::giveBack));
    }

    /** Whether others got it, or another exchange was refused meanwhile. */
    boolean isOver() {
        return !permit.isUsable();
    }

    /** The permit is in use until its exchange ends. */
    void use() {
        end.cancel();
    }

    void giveBack() {
        end.cancel();
        permit.giveBack();
    }
}
