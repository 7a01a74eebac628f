package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.util.List;
import java.util.Optional;

/**
 * Verification of pages, side by side.
 *
 * @param pages at least one
 * @param times how many answers in a row must be as expected, 1 or more
 * @param edgeCheck the CDN's own check of all its places; empty if it is not asked
 */
public record PageVerification(
        List<PageToVerify> pages, Expectations expected, int times, Optional<EdgeCheck> edgeCheck) {

    /** Name of the credentials of the requests to the CDN; no layer of a site can have it. */
    public static final String CDN = "#cdn";

    static final String SERVICE = "Website";

    /** A page that waits for its next request costs a few hundred bytes, so that few pages never wait for others. */
    private static final int MAX_PAGES_AT_ONCE = 1000;

    public PageVerification {
        pages = List.copyOf(pages);
    }

    /** The verification as an operation. */
    public Operation<PageVerification, VerificationResult> operation() {
        return Operation.of(description(), this, new Checking());
    }

    private OperationDescription description() {
        return new OperationDescription(SERVICE, OperationKind.VERIFICATION, what());
    }

    private LocalizedText what() {
        return pages.size() == 1
                ? LocalizedText.inOneLanguage(pages.get(0).toString())
                : LocalizedText.of("page.several", pages.size());
    }

    private PageCheck check(int index) {
        PageToVerify page = pages.get(index);
        return new PageCheck(page, expected.of(page.known()), times, edgeCheck.map(EdgeCheck::algorithm));
    }

    /** The pages are requested as visitors request them. */
    record Checking() implements State<PageVerification, VerificationResult> {

        @Override
        public Next<PageVerification, VerificationResult> next(PageVerification verification) {
            return new Next.RunParts<>(
                    new PageParts(verification),
                    ResultList<PageResult>::new,
                    results -> verification.afterPages(results.inOrder()));
        }
    }

    private State<PageVerification, VerificationResult> afterPages(List<PageResult> results) {
        return edgeCheck.isEmpty()
                ? new SucceededState<>(new VerificationResult(results, List.of()))
                : new CheckingPlaces(results);
    }

    /** The CDN is asked what its places serve. */
    record CheckingPlaces(List<PageResult> pages) implements State<PageVerification, VerificationResult> {

        @Override
        public Next<PageVerification, VerificationResult> next(PageVerification verification) {
            return new Next.RunParts<>(
                    new PlaceParts(verification, pages),
                    ResultList<Integer>::new,
                    places -> new SucceededState<>(new VerificationResult(pages, places.inOrder())));
        }
    }

    /** A part for each page. */
    private record PageParts(PageVerification verification) implements Parts<PageResult> {

        @Override
        public int count() {
            return verification.pages().size();
        }

        @Override
        public Operation<?, PageResult> create(int index) {
            return verification.check(index).operation();
        }

        @Override
        public int concurrency() {
            return MAX_PAGES_AT_ONCE;
        }

        /** The others may be at other servers, and each is told about. */
        @Override
        public boolean stopsAfter(ApiException problem) {
            return false;
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.serve", verification.what());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.pages");
        }
    }

    /** A part for each page, at the CDN. */
    private record PlaceParts(PageVerification verification, List<PageResult> results) implements Parts<Integer> {

        @Override
        public int count() {
            return results.size();
        }

        @Override
        public Operation<?, Integer> create(int index) {
            return new PlacesCheck(
                            verification.edgeCheck().orElseThrow(),
                            verification.pages().get(index),
                            results.get(index).digest())
                    .operation()
                    .withAccount(CDN);
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.checkPlaces", verification.what());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.pages");
        }
    }
}
