package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;

/**
 * Purge, and then the verification that the purged pages are as they should be after it. Their requests have different credentials:
 * those for pages none.
 */
public record VerifiedPurge(Operation<?, PurgeResult> purge, PageVerification verification) {

    /** Name of the credentials of the requests for pages; no layer of a site can have it. */
    public static final String PAGES = "#pages";

    /** Both as one operation. */
    public Operation<VerifiedPurge, VerifiedPurgeResult> operation() {
        return Operation.of(purge.description(), this, new Purging());
    }

    /** The purge runs. */
    record Purging() implements State<VerifiedPurge, VerifiedPurgeResult> {

        @Override
        public Next<VerifiedPurge, VerifiedPurgeResult> next(VerifiedPurge both) {
            return new Next.RunParts<>(
                    new Purge(both.purge()),
                    ResultList<PurgeResult>::new,
                    purge -> new Verifying(purge.inOrder().get(0)));
        }
    }

    /** The purge is done, and the pages are verified. */
    record Verifying(PurgeResult purge) implements State<VerifiedPurge, VerifiedPurgeResult> {

        @Override
        public Next<VerifiedPurge, VerifiedPurgeResult> next(VerifiedPurge both) {
            return new Next.RunParts<>(
                    new Verification(both.verification()),
                    ResultList<VerificationResult>::new,
                    results -> new SucceededState<>(
                            new VerifiedPurgeResult(purge, results.inOrder().get(0))));
        }
    }

    /** The purge as the only part. */
    private record Purge(Operation<?, PurgeResult> purge) implements Parts<PurgeResult> {

        @Override
        public int count() {
            return 1;
        }

        @Override
        public Operation<?, PurgeResult> create(int index) {
            return purge;
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.purgeTarget", purge.description().target());
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.purges");
        }
    }

    /** The verification as the only part. */
    private record Verification(PageVerification verification) implements Parts<VerificationResult> {

        @Override
        public int count() {
            return 1;
        }

        @Override
        public Operation<?, VerificationResult> create(int index) {
            return verification.operation().withAccount(PAGES);
        }

        @Override
        public LocalizedText purpose() {
            return LocalizedText.of("purpose.verify");
        }

        @Override
        public LocalizedText unit() {
            return LocalizedText.of("unit.verifications");
        }

        @Override
        public LocalizedText running(OperationDescription whole) {
            return LocalizedText.of("verify.running", whole.text());
        }

        /** Nobody has to purge again. */
        @Override
        public ApiException failureOfOnlyPart(OperationDescription whole, ApiException problem) {
            return problem.withMessage("%s is done, but not verified: %s".formatted(whole, problem.getMessage()));
        }
    }
}
