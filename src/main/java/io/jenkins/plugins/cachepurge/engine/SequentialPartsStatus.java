package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.SequentialParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Status of each part of a sequence, and the line that announces one. Not safe for several threads. */
final class SequentialPartsStatus {

    private final PartContext context;
    private final SequentialParts<?> parts;
    private final List<PartStatus> statuses;

    SequentialPartsStatus(PartContext context, SequentialParts<?> parts) {
        this.context = context;
        this.parts = parts;
        this.statuses = new ArrayList<>(IntStream.range(0, parts.count())
                .mapToObj(i -> PartStatus.waiting(parts.name(i), parts.create(i).description()))
                .toList());
        context.session().sequences().put(context.path(), this);
    }

    List<PartStatus> statuses() {
        return List.copyOf(statuses);
    }

    /** Name of a part that goes on. When all have ended, others may follow in their place, which are no parts of it. */
    Optional<String> nameOfRunning(int index) {
        return index < statuses.size() && statuses.get(index).phase() == PartStatus.Phase.RUNNING
                ? Optional.of(parts.name(index))
                : Optional.empty();
    }

    void started(int index) {
        statuses.set(index, statuses.get(index).running(0, 0));
        if (parts.count() > 1) {
            context.reporter().message(parts.announcement(index));
        }
    }

    void advanced(int index, PartSession<?, ?> part) {
        part.group()
                .ifPresent(group ->
                        statuses.set(index, statuses.get(index).running(group.unitsDone(), group.unitsTotal())));
    }

    /** Saved at once, so that a restart does not repeat it. */
    void succeeded(int index, Object result) {
        restoreSucceeded(index, result);
        context.session().saves().hurry();
    }

    void restoreSucceeded(int index, Object result) {
        LocalizedText line =
                result instanceof OperationResult known ? known.summary() : LocalizedText.inOneLanguage("");
        statuses.set(index, statuses.get(index).ended(PartStatus.Phase.DONE, line));
    }

    void failed(int index, ApiException problem) {
        statuses.set(
                index,
                statuses.get(index).ended(PartStatus.Phase.FAILED, LocalizedText.inOneLanguage(problem.getMessage())));
    }
}
