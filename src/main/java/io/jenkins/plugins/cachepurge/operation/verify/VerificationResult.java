package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.PartFailures;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages that are as expected, in their order.
 *
 * @param places how many places of the CDN serve each page, in the same order; empty if the CDN was not asked
 */
public record VerificationResult(List<PageResult> pages, List<Integer> places) implements OperationResult {

    public VerificationResult {
        pages = List.copyOf(pages);
        places = List.copyOf(places);
    }

    @Override
    public Serializable toPipelineValue() {
        ArrayList<Serializable> values = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            values.add(pages.get(i).toPipelineValue(places.isEmpty() ? null : places.get(i)));
        }
        return values;
    }

    @Override
    public String summary() {
        String what = pages.size() == 1
                ? "the page is as expected"
                : "%s pages are as expected".formatted(PartFailures.number(pages.size()));
        return places.isEmpty() ? what : "%s, also %s".formatted(what, placesText());
    }

    private String placesText() {
        int fewest = places.stream().mapToInt(Integer::intValue).min().orElse(0);
        return pages.size() == 1
                ? "%d of %d places of the CDN serve it".formatted(fewest, fewest)
                : "at all places of the CDN, at least %d for each page".formatted(fewest);
    }
}
