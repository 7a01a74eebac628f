package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Earlier purge requests, in the requested order. */
public record PurgeHistoryResult(List<PurgeHistoryEntry> entries) implements OperationResult {

    public PurgeHistoryResult {
        entries = List.copyOf(entries);
    }

    @Override
    public Serializable toPipelineValue() {
        return entries.stream()
                .map(PurgeHistoryEntry::toPipelineValue)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public LocalizedText summary() {
        return entries.size() == 1
                ? LocalizedText.of("history.one")
                : LocalizedText.of("history.several", entries.size());
    }
}
