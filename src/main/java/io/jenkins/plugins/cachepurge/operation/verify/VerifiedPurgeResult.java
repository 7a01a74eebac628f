package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** Result of a purge whose pages were verified. */
public record VerifiedPurgeResult(PurgeResult purge, VerificationResult verification) implements OperationResult {

    @Override
    public Serializable toPipelineValue() {
        return purge.toPipelineValue();
    }

    @Override
    public Serializable toPipelineValue(Instant startedAt) {
        return purge.toPipelineValue(startedAt, verification.pages().size());
    }

    @Override
    public LocalizedText summary() {
        return LocalizedText.of("verified.purge", purge.summary(), verification.summary());
    }

    @Override
    public Optional<LocalizedText> warning() {
        return purge.warning();
    }

    @Override
    public Optional<String> link() {
        return purge.link();
    }
}
