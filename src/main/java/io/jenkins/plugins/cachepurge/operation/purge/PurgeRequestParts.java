package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Parts;
import java.io.Serializable;

/**
 * A part for each request of a purge.
 *
 * @param <P> type of the results of the parts
 */
interface PurgeRequestParts<P extends Serializable> extends Parts<P> {

    MultiRequestPurge purge();

    @Override
    default int count() {
        return purge().requestCount();
    }

    @Override
    default LocalizedText purpose() {
        return LocalizedText.of(
                "purpose.purge",
                purge().selection().text(),
                purge().description().target());
    }

    @Override
    default LocalizedText unit() {
        return purge().selection().type().unit();
    }

    @Override
    default int units(int index) {
        return purge().valueCount(index);
    }
}
