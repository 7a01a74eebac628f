package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells people of quotas that have given an operation no permit for long. Guarded by the session's monitor. */
final class LongWaits {

    /** After this time a person wants to know what is waited for. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private final SharedDriverState<?> context;
    private final Map<Quota, Cancellable> waits = new HashMap<>();
    private int count;

    LongWaits(SharedDriverState<?> context) {
        this.context = context;
    }

    void begin(Quota quota) {
        waits.put(quota, context.dependencies().timer().scheduleOrDrop(LONG, () -> tell(quota)));
    }

    void end(Quota quota) {
        Cancellable wait = waits.remove(quota);
        if (wait != null) {
            wait.cancel();
        }
    }

    /** What has to be given up at the end. */
    Collection<Cancellable> pending() {
        return waits.values();
    }

    /** The first wait, the second, the fourth, the eighth and so on. On the timer's thread, so it must not block. */
    private void tell(Quota quota) {
        synchronized (context.session()) {
            if (context.isOver() || !waits.containsKey(quota)) {
                return;
            }
            count++;
            if (Integer.bitCount(count) > 1) {
                return;
            }
            context.messages().add(List.of(context.session().waiting(quota)));
        }
        context.execute(context.messages()::drain);
    }
}
