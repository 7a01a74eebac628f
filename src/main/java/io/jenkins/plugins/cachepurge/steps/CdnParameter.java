package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.CdnHistory;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnTarget;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import java.util.function.UnaryOperator;

/** The parameter {@code cdn}, which several steps have. */
final class CdnParameter {

    private CdnParameter() {}

    /** @param cdn null where a job does not say */
    static CdnTarget target(CdnProvider cdn, UnaryOperator<String> expand) {
        if (cdn == null) {
            throw new InvalidInputException("cdn", LocalizedText.of("cdn.missing"));
        }
        return cdn.target(expand);
    }

    /** @throws InvalidInputException where the CDN keeps no history */
    static CdnHistory archive(CdnProvider cdn, CdnTarget target) {
        return target.history()
                .orElseThrow(() -> new InvalidInputException(
                        "cdn", LocalizedText.of("cdn.noHistory", cdn.getDescriptor().getDisplayName())));
    }
}
