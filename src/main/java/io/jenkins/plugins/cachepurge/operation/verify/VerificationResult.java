package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
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
    public LocalizedText summary() {
        LocalizedText what = pages.size() == 1
                ? LocalizedText.of("verified.one")
                : LocalizedText.of("verified.several", pages.size());
        return places.isEmpty() ? what : alsoAtPlaces(what);
    }

    private LocalizedText alsoAtPlaces(LocalizedText what) {
        int fewest = places.stream().mapToInt(Integer::intValue).min().orElse(0);
        return pages.size() == 1
                ? LocalizedText.of("verified.placesOfOne", what, fewest, fewest)
                : LocalizedText.of("verified.places", what, fewest);
    }
}
