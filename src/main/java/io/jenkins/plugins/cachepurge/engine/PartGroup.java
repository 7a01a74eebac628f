package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.Tally;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Parts of an operation that run side by side, or one after the other: those that are running, and what is known of those
 * that have ended. Not safe for several threads.
 *
 * @param <P> type of the results of the parts
 * @param <T> type of the tally of these
 */
final class PartGroup<P extends Serializable, T extends Tally<P>, S, R> {

    /** How many of the parts that are running are described one by one. */
    private static final int MAX_DESCRIBED = 3;

    private final SessionContext context;
    private final PartPath path;
    private final OperationDescription description;
    private final Parts<P> parts;
    private final T tally;
    private final Function<T, State<S, R>> onSuccess;
    private final ProgressReporter reporter;
    /** Reports for all parts together; empty if another group does, or there is only one part. */
    private final Optional<ProgressReporter.Summary> summary;

    private final int unitsTotal;
    private final Map<Integer, PartSession<?, P>> running = new TreeMap<>();
    private final BitSet ended = new BitSet();
    private final List<PartFailures.Failure> failures = new ArrayList<>();
    /** Indices of parts that succeeded since they were saved last, by their results. */
    private final Map<P, SortedSet<Integer>> unsaved = new LinkedHashMap<>();
    /** Those that failed since then and are listed, and the indices of the others. */
    private final List<PartFailures.Failure> unsavedFailures = new ArrayList<>();

    private final SortedSet<Integer> unsavedUnlisted = new TreeSet<>();

    private int nextIndex;
    private int unitsDone;
    private int unitsFailed;
    private boolean stopped;

    private PartGroup(
            SessionContext context,
            PartPath path,
            OperationDescription description,
            Next.RunParts<P, T, S, R> next,
            ProgressReporter reporter,
            Optional<ProgressReporter.Summary> summary) {
        this.context = context;
        this.path = path;
        this.description = description;
        this.parts = next.parts();
        this.tally = next.tally().get();
        this.onSuccess = next.onSuccess();
        this.unitsTotal = unitsOf(parts);
        this.reporter = reporter;
        this.summary = summary;
    }

    static <P extends Serializable, T extends Tally<P>, S, R> PartGroup<P, T, S, R> of(
            SessionContext context,
            PartPath path,
            OperationDescription description,
            Next.RunParts<P, T, S, R> next,
            ProgressReporter reporter,
            Instant now) {
        Parts<P> parts = next.parts();
        boolean large = parts.count() > 1 && reporter instanceof ProgressReporter.Direct;
        if (!large) {
            return new PartGroup<>(context, path, description, next, reporter, Optional.empty());
        }
        String announcement = "Asking %s to %s".formatted(description.service(), parts.purpose());
        ProgressReporter.Summary summary = new ProgressReporter.Summary(context, announcement, parts.count());
        return new PartGroup<>(context, path, description, next, summary, Optional.of(summary));
    }

    private static int unitsOf(Parts<?> parts) {
        int units = 0;
        for (int index = 0; index < parts.count(); index++) {
            units += parts.units(index);
        }
        return units;
    }

    void advance(Instant now) {
        for (Map.Entry<Integer, PartSession<?, P>> part : List.copyOf(running.entrySet())) {
            part.getValue().advance(now);
            settle(part.getKey(), part.getValue());
        }
        while (!stopped && running.size() < parts.concurrency() && hasMore()) {
            int index = nextIndex++;
            PartSession<?, P> part = child(index, now);
            part.advance(now);
            settle(index, part);
        }
        if (!hasEnded()) {
            summary.ifPresent(lines -> lines.progressed(now, this::progress));
        }
    }

    private boolean hasMore() {
        while (nextIndex < parts.count() && (ended.get(nextIndex) || running.containsKey(nextIndex))) {
            nextIndex++;
        }
        return nextIndex < parts.count();
    }

    PartSession<?, P> child(int index, Instant now) {
        checkIndex(index);
        return running.computeIfAbsent(
                index, i -> new PartSession<>(context, path.child(i), parts.create(i), reporter, now));
    }

    /** A part that has ended is dropped; what is known of it is added to the tally. */
    private void settle(int index, PartSession<?, P> part) {
        Optional<ApiException> problem = part.problem();
        if (problem.isPresent()) {
            fail(index, problem.get());
            return;
        }
        part.result().ifPresent(result -> {
            succeed(index, result);
            unsaved.computeIfAbsent(result, unused -> new TreeSet<>()).add(index);
        });
    }

    private void succeed(int index, P result) {
        running.remove(index);
        ended.set(index);
        unitsDone += parts.units(index);
        tally.add(index, result);
    }

    private void fail(int index, ApiException problem) {
        endFailed(index);
        // The stack traces of a hundred would be most of what is saved, and say nothing.
        problem.setStackTrace(new StackTraceElement[0]);
        PartFailures.Failure failure = new PartFailures.Failure(index, problem);
        boolean stops = parts.stopsAfter(problem);
        if (list(failure) || stops && !stopped) {
            unsavedFailures.add(failure);
        } else {
            unsavedUnlisted.add(index);
        }
        if (stops) {
            stop();
        }
    }

    /** @return false if enough of them are kept already */
    private boolean list(PartFailures.Failure failure) {
        return failures.size() < PartFailures.MAX_LISTED && failures.add(failure);
    }

    private void endFailed(int index) {
        running.remove(index);
        ended.set(index);
        unitsFailed += parts.units(index);
    }

    /** What is under way is waited for; nothing else is sent. */
    private void stop() {
        stopped = true;
        running.values().removeIf(part -> !part.isInFlight());
    }

    boolean isInFlight() {
        return running.values().stream().anyMatch(PartSession::isInFlight);
    }

    boolean hasEnded() {
        return running.isEmpty() && (stopped || !hasMore());
    }

    /** Empty if all parts succeeded. */
    Optional<ApiException> failure(OperationDescription whole) {
        summary.ifPresent(lines -> lines.ended(this::progress));
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                parts.count() == 1
                        ? failures.get(0).problem()
                        : parts.failure(
                                whole, new PartFailures(parts.unit(), unitsTotal, unitsDone, unitsFailed, failures)));
    }

    State<S, R> stateAfter() {
        return onSuccess.apply(tally);
    }

    void forEachPending(Consumer<PartSession<?, ?>> receiver) {
        running.values().forEach(part -> part.forEachPending(receiver));
    }

    boolean resumeLost() {
        boolean resumed = false;
        for (PartSession<?, P> part : List.copyOf(running.values())) {
            resumed |= part.resumeLost();
        }
        return resumed;
    }

    @SuppressWarnings("unchecked")
    void restoreSucceeded(List<CheckpointEntry.EqualResults> results) {
        for (CheckpointEntry.EqualResults equal : results) {
            List<Integer> ranges = equal.ranges();
            for (int i = 0; i + 1 < ranges.size(); i += 2) {
                for (int index = ranges.get(i); index < ranges.get(i + 1); index++) {
                    restoreSucceeded(index, (P) equal.result());
                }
            }
        }
    }

    private void restoreSucceeded(int index, P result) {
        checkIndex(index);
        if (!ended.get(index)) {
            succeed(index, result);
        }
    }

    void restoreFailed(CheckpointEntry.Failed failed) {
        List<Integer> ranges = failed.ranges();
        for (int i = 0; i + 1 < ranges.size(); i += 2) {
            for (int index = ranges.get(i); index < ranges.get(i + 1); index++) {
                checkIndex(index);
                if (!ended.get(index)) {
                    endFailed(index);
                }
            }
        }
        for (PartFailures.Failure failure : failed.listed()) {
            checkIndex(failure.index());
            if (!ended.get(failure.index())) {
                endFailed(failure.index());
                list(failure);
                stopped |= parts.stopsAfter(failure.problem());
            }
        }
    }

    private void checkIndex(int index) {
        if (index < 0 || index >= parts.count()) {
            throw new IllegalStateException("The saved progress of this step belongs to other parameters");
        }
    }

    void takeEnded(List<CheckpointEntry> into) {
        if (!unsaved.isEmpty()) {
            List<CheckpointEntry.EqualResults> results = unsaved.entrySet().stream()
                    .map(entry -> new CheckpointEntry.EqualResults(entry.getKey(), ranges(entry.getValue())))
                    .toList();
            into.add(new CheckpointEntry.Succeeded(path, results));
            unsaved.clear();
        }
        if (!unsavedFailures.isEmpty() || !unsavedUnlisted.isEmpty()) {
            into.add(new CheckpointEntry.Failed(path, unsavedFailures, ranges(unsavedUnlisted)));
            unsavedFailures.clear();
            unsavedUnlisted.clear();
        }
        running.values().forEach(part -> part.takeEnded(into));
    }

    private static List<Integer> ranges(SortedSet<Integer> indices) {
        List<Integer> ranges = new ArrayList<>();
        for (int index : indices) {
            int last = ranges.size() - 1;
            if (last > 0 && ranges.get(last) == index) {
                ranges.set(last, index + 1);
            } else {
                ranges.add(index);
                ranges.add(index + 1);
            }
        }
        return ranges;
    }

    /** Puts what no line has reported yet into one. */
    void reportRetries() {
        summary.ifPresent(lines -> lines.ended(this::progress));
        running.values().forEach(PartSession::reportRetries);
    }

    void takeCancelCalls(List<ApiCall<?>> into) {
        running.values().forEach(part -> part.takeCancelCalls(into));
    }

    int unitsDone() {
        int inParts = 0;
        for (Map.Entry<Integer, PartSession<?, P>> part : running.entrySet()) {
            boolean sameUnit = part.getValue().unitsTotal() == parts.units(part.getKey());
            inParts += sameUnit ? part.getValue().unitsDone() : 0;
        }
        return unitsDone + inParts;
    }

    int unitsTotal() {
        return unitsTotal;
    }

    private String progress() {
        return "%s: %s of %s %s"
                .formatted(
                        description, PartFailures.number(unitsDone()), PartFailures.number(unitsTotal), parts.unit());
    }

    /** How far the parts are, and what those that are running wait for. */
    String describe() {
        String waiting = running.values().stream()
                .map(PartSession::describe)
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(MAX_DESCRIBED)
                .collect(Collectors.joining("; "));
        if (parts.count() == 1) {
            return waiting;
        }
        String done = "%s of %s %s done"
                .formatted(PartFailures.number(unitsDone()), PartFailures.number(unitsTotal), parts.unit());
        String failed = failures.isEmpty()
                ? ""
                : ", %s failed, the first since: %s"
                        .formatted(
                                PartFailures.number(unitsFailed),
                                failures.get(0).problem().getMessage());
        return waiting.isEmpty() ? done + failed : done + failed + "; " + waiting;
    }
}
