package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.BucketLevel;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.PluginLog;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What one credential may send to one service, on the whole controller: so many exchanges at the same time, no more than
 * the service's token buckets hold, and nothing until the time that a 429 names. Who has to wait is served in order. Safe
 * for several threads; never blocks.
 */
final class Quota {

    /** A service that names a later time is sent a request after this one all the same: it may have been a mistake. */
    private static final Duration MAX_CLOSED = Duration.ofHours(1);

    private final String name;
    private final InstantSource clock;
    private final Scheduler timer;
    private final RetryPolicy retryPolicy;
    private final Map<QuotaSpec.Bucket, TokenBucket> buckets = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int active;
    private int refusals;
    private Instant closedUntil = Instant.EPOCH;
    private Cancellable alarm = Cancellable.NONE;
    private Instant alarmAt = Instant.MAX;

    /** @param name for the log */
    Quota(String name, InstantSource clock, Scheduler timer, RetryPolicy retryPolicy) {
        this.name = name;
        this.clock = clock;
        this.timer = timer;
        this.retryPolicy = retryPolicy;
    }

    /** @param receiver must not block */
    private record Waiter(QuotaSpec spec, Consumer<Permit> receiver, Instant since) {}

    /** Right to send one request. */
    final class Permit {

        private final QuotaSpec spec;
        private final AtomicBoolean released = new AtomicBoolean();

        private Permit(QuotaSpec spec) {
            this.spec = spec;
        }

        /** The exchange has ended. Does nothing when called again. */
        void release() {
            if (released.compareAndSet(false, true)) {
                Quota.this.release(this, false);
            }
        }

        /** Nothing was sent. */
        void giveBack() {
            if (released.compareAndSet(false, true)) {
                Quota.this.release(this, true);
            }
        }

        /** Whether a request may still be sent with it. */
        boolean isUsable() {
            return !released.get() && !Quota.this.isClosed();
        }

        /** Takes note of how the exchange ended: a refusal for now closes the quota for all. */
        void report(Outcome<?> outcome) {
            if (outcome instanceof Outcome.Failure<?> failure && isRefusedForNow(failure.problem())) {
                refused(failure.problem().retryAfter());
                return;
            }
            if (outcome instanceof Outcome.Success<?> success && success.pause().isPresent()) {
                refused(success.pause());
                return;
            }
            accepted();
            if (outcome instanceof Outcome.Success<?> success) {
                success.level().ifPresent(level -> Quota.this.adopt(spec, level));
            }
        }

        private static boolean isRefusedForNow(ApiException problem) {
            return switch (problem.kind()) {
                case RATE_LIMITED -> true;
                case UNAVAILABLE -> problem.retryAfter().isPresent();
                default -> false;
            };
        }

        /** The service accepted a request. */
        void accepted() {
            Quota.this.reopen();
        }

        /** The service refused a request for now: nothing more is sent until the time that it names. */
        void refused(Optional<Duration> retryAfter) {
            Quota.this.close(retryAfter);
        }
    }

    /** A permit, if there is one and nobody has been waiting for it. */
    synchronized Optional<Permit> tryAcquire(QuotaSpec spec) {
        return waiters.isEmpty() ? acquire(spec) : Optional.empty();
    }

    /** How long the service wants no requests; zero if it accepts them. */
    synchronized Duration closedFor() {
        Duration left = Duration.between(clock.instant(), closedUntil);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Waits for a permit.
     *
     * @param receiver called once, when there is one; must not block
     */
    Cancellable await(QuotaSpec spec, Consumer<Permit> receiver) {
        Waiter waiter = new Waiter(spec, receiver, clock.instant());
        synchronized (this) {
            waiters.add(waiter);
        }
        serve();
        logWait(waiter);
        return () -> forget(waiter);
    }

    /** What those who wait are waiting for; follows a comma. */
    synchronized LocalizedText waiting() {
        Duration closed = closedFor();
        return closed.isZero()
                ? LocalizedText.of("quota.others", active + waiters.size() - 1)
                : LocalizedText.of("quota.closed", closed.toSeconds());
    }

    private synchronized void logWait(Waiter waiter) {
        if (PluginLog.isOn() && waiters.contains(waiter)) {
            PluginLog.fine(() -> "%s: waiting for the quota, requests under way: %d, waiting: %d; closed for %d ms"
                    .formatted(name, active(), waiters.size(), closedFor().toMillis()));
        }
    }

    private void logGrant(Waiter waiter) {
        Duration waited = Duration.between(waiter.since(), clock.instant());
        if (!waited.isZero()) {
            PluginLog.fine(() -> "%s: waited %d ms for the quota".formatted(name, waited.toMillis()));
        }
    }

    private void forget(Waiter waiter) {
        synchronized (this) {
            waiters.removeIf(each -> each == waiter);
        }
        serve();
    }

    private synchronized Optional<Permit> acquire(QuotaSpec spec) {
        Instant now = clock.instant();
        if (active >= spec.maxConcurrent() || now.isBefore(closedUntil)) {
            return Optional.empty();
        }
        if (spec.bucket().isPresent() && !bucket(spec.bucket().get(), now).tryAcquire(spec.cost(), now)) {
            return Optional.empty();
        }
        active++;
        return Optional.of(new Permit(spec));
    }

    private TokenBucket bucket(QuotaSpec.Bucket spec, Instant now) {
        return buckets.computeIfAbsent(spec, unused -> new TokenBucket(spec, now));
    }

    private void release(Permit permit, boolean unused) {
        synchronized (this) {
            active--;
            permit.spec.bucket().map(buckets::get).ifPresent(bucket -> bucket.release(permit.spec.cost(), unused));
        }
        serve();
    }

    private synchronized int active() {
        return active;
    }

    private synchronized boolean isClosed() {
        return clock.instant().isBefore(closedUntil);
    }

    private synchronized void adopt(QuotaSpec spec, BucketLevel level) {
        Instant now = clock.instant();
        spec.bucket().ifPresent(bucket -> bucket(bucket, now).adopt(level, spec.cost(), now));
    }

    private synchronized void reopen() {
        refusals = 0;
    }

    /** A hint of no time at all is none. What was sent at the same time is refused for the same reason: it counts once. */
    private synchronized void close(Optional<Duration> retryAfter) {
        Instant now = clock.instant();
        int count = Math.max(1, now.isBefore(closedUntil) ? refusals : refusals + 1);
        refusals = count;
        Duration pause = retryAfter.filter(hint -> !hint.isZero()).orElseGet(() -> retryPolicy.backoff(count));
        Instant until = now.plus(pause.compareTo(MAX_CLOSED) < 0 ? pause : MAX_CLOSED);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    /** Gives permits to those who wait, as far as there are any, and sets the alarm for the next. */
    private void serve() {
        List<Runnable> grants = new ArrayList<>();
        Set<QuotaSpec.Bucket> exhausted = new HashSet<>();
        synchronized (this) {
            Iterator<Waiter> all = waiters.iterator();
            while (all.hasNext()) {
                Waiter waiter = all.next();
                if (active >= waiter.spec().maxConcurrent()) {
                    break;
                }
                if (waiter.spec().bucket().filter(exhausted::contains).isPresent()) {
                    continue;
                }
                Optional<Permit> permit = acquire(waiter.spec());
                if (permit.isPresent()) {
                    all.remove();
                    grants.add(() -> {
                        logGrant(waiter);
                        waiter.receiver().accept(permit.get());
                    });
                } else {
                    waiter.spec().bucket().ifPresent(exhausted::add);
                }
            }
            setAlarm();
        }
        grants.forEach(Runnable::run);
    }

    /** Those who wait for the end of another exchange are served by that; only time serves the others. */
    private void setAlarm() {
        Instant next = nextChance(clock.instant());
        if (next.equals(alarmAt)) {
            return;
        }
        alarm.cancel();
        alarmAt = next;
        alarm = next.equals(Instant.MAX)
                ? Cancellable.NONE
                : timer.scheduleOrDrop(Duration.between(clock.instant(), next), this::wake);
    }

    private Instant nextChance(Instant now) {
        if (waiters.isEmpty()) {
            return Instant.MAX;
        }
        if (now.isBefore(closedUntil)) {
            return closedUntil;
        }
        Instant next = Instant.MAX;
        for (Waiter waiter : waiters) {
            if (waiter.spec().bucket().isPresent()) {
                Instant token = bucket(waiter.spec().bucket().get(), now)
                        .availableAt(waiter.spec().cost(), now);
                next = token.isAfter(now) && token.isBefore(next) ? token : next;
            }
        }
        return next;
    }

    private void wake() {
        synchronized (this) {
            alarmAt = Instant.MAX;
            alarm = Cancellable.NONE;
        }
        serve();
    }
}
