package io.jenkins.plugins.cachepurge.simulator;

import static io.jenkins.plugins.cachepurge.simulator.AwsErrorResponses.escaped;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An invalidation that a {@link CloudFrontSimulator} took.
 *
 * @param target id of the distribution or tenant
 * @param items paths and tags
 * @param ends when it is completed
 */
public record RecordedInvalidation(
        String id, String target, String reference, List<String> items, Instant created, Instant ends) {

    /** Copies its arguments. */
    public RecordedInvalidation {
        items = List.copyOf(items);
    }

    /** CloudFront's word at a time. */
    public String status(Instant now) {
        return now.isBefore(ends) ? "InProgress" : "Completed";
    }

    RecordedInvalidation endingAt(Instant end) {
        return new RecordedInvalidation(id, target, reference, items, created, end);
    }

    boolean isInProgress(Instant now) {
        return now.isBefore(ends);
    }

    long wildcards() {
        return items.stream().filter(item -> item.endsWith("*")).count();
    }

    String toXml(Instant now) {
        String paths = items.stream()
                .map(item -> "<Path>" + escaped(item) + "</Path>")
                .collect(Collectors.joining("", "<Items>", "</Items>"));
        return "<?xml version=\"1.0\"?>\n<Invalidation xmlns=\"%s\"><Id>%s</Id><Status>%s</Status><CreateTime>%s</CreateTime><InvalidationBatch><Paths><Quantity>%d</Quantity>%s</Paths><CallerReference>%s</CallerReference></InvalidationBatch></Invalidation>"
                .formatted(
                        CloudFrontSimulator.NAMESPACE,
                        id,
                        status(now),
                        created,
                        items.size(),
                        paths,
                        escaped(reference));
    }

    String toSummary(Instant now) {
        return "<InvalidationSummary><Id>%s</Id><CreateTime>%s</CreateTime><Status>%s</Status></InvalidationSummary>"
                .formatted(id, created, status(now));
    }
}
