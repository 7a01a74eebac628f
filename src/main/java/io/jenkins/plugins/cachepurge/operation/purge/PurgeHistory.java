package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Earlier purge requests, in the order asked for. */
public record PurgeHistory(List<PurgeRecord> records) implements OperationResult {

    public PurgeHistory {
        records = List.copyOf(records);
    }

    @Override
    public Serializable value() {
        return records.stream().map(PurgeRecord::value).collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public String summary() {
        return records.size() == 1 ? "one purge request" : records.size() + " purge requests";
    }
}
