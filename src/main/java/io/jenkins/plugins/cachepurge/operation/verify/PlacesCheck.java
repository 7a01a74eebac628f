package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Check of one page at all places of a CDN, until each serves the expected bytes. Its result is the number of places.
 *
 * @param digest of the answer that was as expected
 */
record PlacesCheck(EdgeCheck edgeCheck, PageToVerify page, String digest) {

    /** How many places that serve something else a message names. */
    private static final int MAX_NAMED = 5;

    Operation<PlacesCheck, Integer> operation() {
        OperationDescription description =
                new OperationDescription(PageVerification.SERVICE, OperationKind.VERIFICATION, page.toString());
        return Operation.of(description, this, new Asking());
    }

    /** The CDN is asked. */
    record Asking() implements State<PlacesCheck, Integer> {

        @Override
        public Next<PlacesCheck, Integer> next(PlacesCheck check) {
            return Next.exchange(check.edgeCheck().check(check.page().url()), check::after);
        }
    }

    /** Some places serve something else. */
    record Waiting(LocalizedText status, String detail) implements State<PlacesCheck, Integer> {

        @Override
        public Next<PlacesCheck, Integer> next(PlacesCheck check) {
            return new Next.Wait<PlacesCheck, Integer>(status, new Asking()).withDetail(detail);
        }
    }

    private State<PlacesCheck, Integer> after(EdgeReport report) {
        List<EdgeReport.Place> others = report.places().stream()
                .filter(place -> !place.digest().equals(digest))
                .toList();
        int all = report.places().size();
        if (others.isEmpty()) {
            return new SucceededState<>(all);
        }
        String named =
                others.stream().limit(MAX_NAMED).map(EdgeReport.Place::name).collect(Collectors.joining(", "));
        LocalizedText status = LocalizedText.of("verify.places", page, all - others.size(), all);
        String more = others.size() > MAX_NAMED ? ", …" : "";
        return new Waiting(status, "%s; not yet: %s%s".formatted(status, named, more));
    }
}
