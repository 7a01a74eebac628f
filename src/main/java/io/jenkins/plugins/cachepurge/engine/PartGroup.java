package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.SequentialParts;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.Tally;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private final PartContext context;
    private final OperationDescription description;
    private final Parts<P> parts;
    private final T tally;
    private final Function<T, State<S, R>> onSuccess;
    /** Reports for all parts together; empty if another group does, or there is only one part. */
    private final Optional<ProgressReporter.Summary> summary;
    /** Of a sequence only. */
    private final Optional<SequentialPartsStatus> sequence;

    private final int unitsTotal;
    private final Map<Integer, PartSession<?, P>> running = new TreeMap<>();
    private final EndedParts<P> ended;
    private int nextIndex;

    private PartGroup(
            PartContext context,
            OperationDescription description,
            Next.RunParts<P, T, S, R> next,
            Optional<ProgressReporter.Summary> summary) {
        this.context = context;
        this.description = description;
        this.parts = next.parts();
        this.tally = next.tally().get();
        this.ended = new EndedParts<>(parts, tally);
        this.onSuccess = next.onSuccess();
        this.unitsTotal = unitsOf(parts);
        this.summary = summary;
        this.sequence = parts instanceof SequentialParts<P> few
                ? Optional.of(new SequentialPartsStatus(context, few))
                : Optional.empty();
    }

    static <P extends Serializable, T extends Tally<P>, S, R> PartGroup<P, T, S, R> of(
            PartContext context, OperationDescription description, Next.RunParts<P, T, S, R> next) {
        Parts<P> parts = next.parts();
        boolean large = parts.count() > 1
                && !(parts instanceof SequentialParts<P>)
                && context.reporter() instanceof ProgressReporter.Direct;
        if (!large) {
            return new PartGroup<>(context, description, next, Optional.empty());
        }
        LocalizedText announcement = LocalizedText.of("progress.askingForAll", description.service(), parts.purpose());
        ProgressReporter.Summary summary = new ProgressReporter.Summary(context.session(), announcement, parts.count());
        return new PartGroup<>(context.withReporter(summary), description, next, Optional.of(summary));
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
        while (!ended.isStopped() && running.size() < parts.concurrency() && hasMore()) {
            int index = nextIndex++;
            PartSession<?, P> part = child(index, now);
            sequence.ifPresent(all -> all.started(index));
            part.advance(now);
            settle(index, part);
        }
        if (!hasEnded()) {
            summary.ifPresent(lines -> lines.progressed(now, this::progress));
        }
    }

    private boolean hasMore() {
        while (nextIndex < parts.count() && (ended.contains(nextIndex) || running.containsKey(nextIndex))) {
            nextIndex++;
        }
        return nextIndex < parts.count();
    }

    PartSession<?, P> child(int index, Instant now) {
        ended.checkIndex(index);
        return running.computeIfAbsent(index, i -> create(i, now));
    }

    private PartSession<?, P> create(int index, Instant now) {
        Operation<?, P> operation = parts.create(index);
        return new PartSession<>(context.child(index, operation.account()), operation, now);
    }

    /** A part that has ended is dropped; what is known of it is kept. */
    private void settle(int index, PartSession<?, P> part) {
        Optional<ApiException> problem = part.problem();
        if (problem.isPresent()) {
            running.remove(index);
            ended.fail(index, problem.get());
            sequence.ifPresent(all -> all.failed(index, problem.get()));
            dropUnsentIfStopped();
            return;
        }
        sequence.ifPresent(all -> all.advanced(index, part));
        part.result().ifPresent(result -> {
            running.remove(index);
            ended.succeed(index, result);
            sequence.ifPresent(all -> all.succeeded(index, result));
        });
    }

    /** What is under way is waited for; nothing else is sent. */
    private void dropUnsentIfStopped() {
        if (ended.isStopped()) {
            running.values().removeIf(part -> !part.isInFlight());
        }
    }

    boolean isInFlight() {
        return running.values().stream().anyMatch(PartSession::isInFlight);
    }

    boolean hasEnded() {
        return running.isEmpty() && (ended.isStopped() || !hasMore());
    }

    /** Empty if all parts succeeded. */
    Optional<ApiException> failure(OperationDescription whole) {
        summary.ifPresent(lines -> lines.ended(this::progress));
        if (ended.failures().isEmpty()) {
            return Optional.empty();
        }
        PartFailures failures = new PartFailures(
                parts.unit().toString(), unitsTotal, ended.unitsDone(), ended.unitsFailed(), ended.failures());
        return Optional.of(
                parts.count() == 1 ? parts.failureOfOnlyPart(whole, failures.first()) : parts.failure(whole, failures));
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

    void restoreSucceeded(List<CheckpointEntry.EqualResults> results) {
        ended.restoreSucceeded(results, this::showRestored);
        running.keySet().removeIf(ended::contains);
    }

    private void showRestored(int index, P result) {
        sequence.ifPresent(all -> all.restoreSucceeded(index, result));
    }

    void restoreFailed(CheckpointEntry.Failed failed) {
        ended.restoreFailed(failed);
        running.keySet().removeIf(ended::contains);
    }

    /** The problem if a checkpoint is that of another operation. */
    static IllegalStateException otherParameters() {
        return new IllegalStateException("The saved progress of this step belongs to other parameters");
    }

    /** Adds entries for the parts that have ended since this was called last. */
    void takeEnded(List<CheckpointEntry> into) {
        ended.takeUnsaved(context.path(), into);
        forEachGroup(group -> group.takeEnded(into));
    }

    private void forEachGroup(Consumer<PartGroup<?, ?, ?, ?>> receiver) {
        running.values().forEach(part -> part.group().ifPresent(receiver));
    }

    /** Puts what no line has reported yet into one. */
    void reportRetries() {
        summary.ifPresent(lines -> lines.ended(this::progress));
        forEachGroup(PartGroup::reportRetries);
    }

    void takeCancelCalls(List<CancelCall> into) {
        running.values().forEach(part -> part.takeCancelCalls(into));
    }

    int unitsDone() {
        int inParts = 0;
        for (Map.Entry<Integer, PartSession<?, P>> part : running.entrySet()) {
            int units = parts.units(part.getKey());
            inParts += part.getValue()
                    .group()
                    .filter(group -> group.unitsTotal() == units)
                    .map(PartGroup::unitsDone)
                    .orElse(0);
        }
        return ended.unitsDone() + inParts;
    }

    int unitsTotal() {
        return unitsTotal;
    }

    private LocalizedText progress() {
        return LocalizedText.of("progress.units", description.text(), unitsDone(), unitsTotal, parts.unit());
    }

    LocalizedText running() {
        return parts.running(description);
    }

    /** How far the parts are, and what those that are running wait for. */
    String describe() {
        Stream<String> waiting = running.values().stream()
                .map(PartSession::describe)
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(MAX_DESCRIBED);
        Stream<String> ofAll = parts.count() == 1
                ? Stream.of()
                : Stream.concat(Stream.of(counts()), parts.describeEach(ended::hasSucceeded).stream());
        return Stream.concat(ofAll, waiting).collect(Collectors.joining("; "));
    }

    private String counts() {
        String done = "%s of %s %s done"
                .formatted(PartFailures.number(unitsDone()), PartFailures.number(unitsTotal), parts.unit());
        String failed = ended.failures().isEmpty()
                ? ""
                : ", %s failed, the first since: %s"
                        .formatted(
                                PartFailures.number(ended.unitsFailed()),
                                LastStatus.withoutFullStop(
                                        ended.failures().get(0).problem().getMessage()));
        return done + failed;
    }
}
