package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.Tally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * What is known of the parts of a group that have ended, and what of it is not saved yet. Not safe for several threads.
 *
 * @param <P> type of the results of the parts
 */
final class EndedParts<P extends Serializable> {

    private final Parts<P> parts;
    private final Tally<P> tally;
    private final BitSet indices = new BitSet();
    private final BitSet failed = new BitSet();
    private final List<PartFailures.Failure> failures = new ArrayList<>();
    /** Indices of parts that succeeded since they were saved last, by their results. */
    private final Map<P, SortedSet<Integer>> unsavedSuccesses = new LinkedHashMap<>();
    /** Those that failed since then and are listed. */
    private final List<PartFailures.Failure> unsavedFailures = new ArrayList<>();
    /** Indices of the others that failed since then. */
    private final SortedSet<Integer> unsavedUnlisted = new TreeSet<>();

    private int unitsDone;
    private int unitsFailed;
    private boolean stopped;

    EndedParts(Parts<P> parts, Tally<P> tally) {
        this.parts = parts;
        this.tally = tally;
    }

    boolean contains(int index) {
        return indices.get(index);
    }

    boolean hasSucceeded(int index) {
        return contains(index) && !failed.get(index);
    }

    /** Whether a failure was such that no further part starts. */
    boolean isStopped() {
        return stopped;
    }

    int unitsDone() {
        return unitsDone;
    }

    int unitsFailed() {
        return unitsFailed;
    }

    /** The failures that are kept, the first one first. */
    List<PartFailures.Failure> failures() {
        return failures;
    }

    void succeed(int index, P result) {
        addSuccess(index, result);
        unsavedSuccesses.computeIfAbsent(result, unused -> new TreeSet<>()).add(index);
    }

    private void addSuccess(int index, P result) {
        indices.set(index);
        unitsDone += parts.units(index);
        tally.add(index, result);
    }

    void fail(int index, ApiException problem) {
        // The stack traces of a hundred would be most of what is saved, and say nothing.
        problem.setStackTrace(new StackTraceElement[0]);
        PartFailures.Failure failure = new PartFailures.Failure(index, problem);
        boolean stops = parts.stopsAfter(problem);
        addFailure(index);
        if (list(failure) || stops && !stopped) {
            unsavedFailures.add(failure);
        } else {
            unsavedUnlisted.add(index);
        }
        stopped |= stops;
    }

    private void addFailure(int index) {
        indices.set(index);
        failed.set(index);
        unitsFailed += parts.units(index);
    }

    /** @return false if enough of them are kept already */
    private boolean list(PartFailures.Failure failure) {
        return failures.size() < PartFailures.MAX_LISTED && failures.add(failure);
    }

    /** Adds entries for what was not saved yet. */
    void takeUnsaved(PartPath path, List<CheckpointEntry> into) {
        if (!unsavedSuccesses.isEmpty()) {
            List<CheckpointEntry.EqualResults> results = unsavedSuccesses.entrySet().stream()
                    .map(entry -> new CheckpointEntry.EqualResults(entry.getKey(), ranges(entry.getValue())))
                    .toList();
            into.add(new CheckpointEntry.Succeeded(path, results));
            unsavedSuccesses.clear();
        }
        if (!unsavedFailures.isEmpty() || !unsavedUnlisted.isEmpty()) {
            into.add(new CheckpointEntry.Failed(path, unsavedFailures, ranges(unsavedUnlisted)));
            unsavedFailures.clear();
            unsavedUnlisted.clear();
        }
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

    @SuppressWarnings("unchecked")
    void restoreSucceeded(List<CheckpointEntry.EqualResults> results, BiConsumer<Integer, P> receiver) {
        for (CheckpointEntry.EqualResults equal : results) {
            P result = (P) equal.result();
            forEachNew(equal.ranges(), index -> {
                addSuccess(index, result);
                receiver.accept(index, result);
            });
        }
    }

    void restoreFailed(CheckpointEntry.Failed failed) {
        forEachNew(failed.ranges(), this::addFailure);
        for (PartFailures.Failure failure : failed.listed()) {
            forEachNew(List.of(failure.index(), failure.index() + 1), index -> {
                addFailure(index);
                list(failure);
                stopped |= parts.stopsAfter(failure.problem());
            });
        }
    }

    private void forEachNew(List<Integer> ranges, IntConsumer action) {
        for (int i = 0; i + 1 < ranges.size(); i += 2) {
            for (int index = ranges.get(i); index < ranges.get(i + 1); index++) {
                checkIndex(index);
                if (!contains(index)) {
                    action.accept(index);
                }
            }
        }
    }

    /** @throws IllegalStateException for the index of a part that there is not */
    void checkIndex(int index) {
        if (index < 0 || index >= parts.count()) {
            throw PartGroup.otherParameters();
        }
    }
}
