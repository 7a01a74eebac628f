package io.jenkins.plugins.cachepurge.operation.keycdn;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a list so that each part is short enough as JSON.
 *
 * @param maxBytes of a batch, with its brackets
 */
record ByteLimitedBatches(int maxBytes) {

    private static final int QUOTES_AND_COMMA = 3;

    /** One bracket more than there are commas too many. */
    private static final int BRACKETS = 1;

    /** Splits values into as few batches as possible, in order; a single value that is too long is a batch. */
    List<List<String>> of(List<String> values) {
        List<List<String>> parts = new ArrayList<>();
        int start = 0;
        int bytes = BRACKETS;
        for (int i = 0; i < values.size(); i++) {
            int more = JsonStringEncoder.getInstance().quoteAsUTF8(values.get(i)).length + QUOTES_AND_COMMA;
            if (i > start && bytes + more > maxBytes) {
                parts.add(List.copyOf(values.subList(start, i)));
                start = i;
                bytes = BRACKETS;
            }
            bytes += more;
        }
        parts.add(List.copyOf(values.subList(start, values.size())));
        return parts;
    }
}
