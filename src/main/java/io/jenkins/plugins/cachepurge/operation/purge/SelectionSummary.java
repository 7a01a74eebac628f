package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * What was selected, without the values: a result stays small, however much was purged.
 *
 * @param count number of selected values; 0 for everything
 * @param text for messages, such as "path /index.html", "2,400 URLs" or "everything"
 */
public record SelectionSummary(SelectionType type, int count, LocalizedText text) implements Serializable {

    /** The summary of a selection. */
    public static SelectionSummary of(PurgeSelection selection) {
        return new SelectionSummary(selection.type(), selection.count(), selection.text());
    }
}
