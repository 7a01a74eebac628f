package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.CombinedPurge;
import io.jenkins.plugins.cachepurge.operation.purge.DryRun;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionSummary;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.StatusCounts;
import io.jenkins.plugins.cachepurge.operation.verify.VerifiedPurgeResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent for the changes of a directory.
 *
 * @param selections empty if there is nothing to purge
 * @param text for the console: what it is and why, such as "9 pages"
 */
public record PlannedPurge(ChangesPurge purge, ChangesPlan plan, List<PurgeSelection> selections, LocalizedText text) {

    public PlannedPurge {
        selections = List.copyOf(selections);
    }

    /** Whether nothing is sent. */
    boolean isEmpty() {
        return selections.isEmpty();
    }

    /**
     * The purge.
     *
     * @throws InvalidInputException if the CDN cannot purge it
     */
    public Operation<?, PurgeResult> operation() {
        if (isEmpty()) {
            return unchanged();
        }
        CdnProviderDescriptor cdn = purge.cdn();
        List<Operation<?, PurgeResult>> purges = new ArrayList<>();
        for (PurgeSelection selection : selections) {
            cdn.capabilities()
                    .check(cdn.getDisplayName(), selection, purge.options().soft());
            purges.add(purge.target().purge(selection, options(purges.size())));
        }
        Operation<?, PurgeResult> combined = new CombinedPurge(purges, selections).operation();
        return purge.dryRun()
                ? DryRun.of(combined.description(), purge.target().dryRun(cdn.symbolName(), selections.get(0)))
                : combined;
    }

    /** A service that knows the key of a request does not take it for another one. */
    private PurgeOptions options(int index) {
        PurgeOptions options = purge.options();
        return index == 0
                ? options
                : new PurgeOptions(options.soft(), options.waitForCompletion(), options.executionId() + "p" + index);
    }

    /** The result of the purge with the numbers of changes. */
    public OperationResult result(PurgeResult result) {
        return changesResult(result);
    }

    private ChangesResult changesResult(PurgeResult result) {
        int count = selections.stream().mapToInt(PurgeSelection::count).sum();
        return new ChangesResult(result, count, text, ChangesResult.FileCounts.of(plan.changes()));
    }

    /** The same with the number of pages that were verified. */
    public OperationResult verifiedResult(VerifiedPurgeResult result) {
        return new VerifiedChangesResult(changesResult(result.purge()), result.verification());
    }

    /** Sends nothing. */
    private Operation<?, PurgeResult> unchanged() {
        String target = purge.target().name();
        SelectionSummary nothing = new SelectionSummary(SelectionType.ALL, 0, LocalizedText.of("changes.nothing"));
        PurgeResult result = new PurgeResult(
                purge.cdn().symbolName(),
                target,
                purge.dryRun() ? PurgeResult.DRY_RUN : PurgeResult.UNCHANGED,
                nothing,
                List.of(),
                StatusCounts.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        OperationDescription description =
                purge.target().description(purge.cdn().getDisplayName());
        return Operation.of(description, nothing, new SucceededState<SelectionSummary, PurgeResult>(result));
    }
}
