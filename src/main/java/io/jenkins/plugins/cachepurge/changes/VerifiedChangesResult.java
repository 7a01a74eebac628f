package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * Result of a purge of changes that was to be verified.
 *
 * @param verification without pages if nothing was purged
 */
record VerifiedChangesResult(ChangesResult changes, VerificationResult verification) implements OperationResult {

    @Override
    public Serializable toPipelineValue() {
        return changes.toPipelineValue();
    }

    @Override
    public Serializable toPipelineValue(Instant startedAt) {
        return changes.toPipelineValue(startedAt, verification.pages().size());
    }

    @Override
    public LocalizedText summary() {
        return verification.pages().isEmpty()
                ? changes.summary()
                : LocalizedText.of("verified.purge", changes.summary(), verification.summary());
    }

    @Override
    public Optional<LocalizedText> warning() {
        return changes.warning();
    }

    @Override
    public Optional<String> link() {
        return changes.link();
    }
}
