package io.jenkins.plugins.cachepurge.operation.purge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a list so that each part is short enough as JSON.
 *
 * @param maxBytes of a batch, with its brackets
 * @param maxValues of a batch, 1 or more
 */
public record ByteLimitedBatches(int maxBytes, int maxValues) {

    private static final int QUOTES_AND_COMMA = 3;

    /** One bracket more than there are commas too many. */
    private static final int BRACKETS = 1;

    /** Batches with any number of values. */
    public ByteLimitedBatches(int maxBytes) {
        this(maxBytes, Integer.MAX_VALUE);
    }

    /** Splits values into as few batches as possible, in order; a single value that is too long is a batch. */
    public List<List<String>> of(List<String> values) {
        List<List<String>> parts = new ArrayList<>();
        int start = 0;
        int bytes = BRACKETS;
        for (int i = 0; i < values.size(); i++) {
            int more = bytesOf(values.get(i)) + QUOTES_AND_COMMA;
            if (i > start && (bytes + more > maxBytes || i - start == maxValues)) {
                parts.add(List.copyOf(values.subList(start, i)));
                start = i;
                bytes = BRACKETS;
            }
            bytes += more;
        }
        parts.add(List.copyOf(values.subList(start, values.size())));
        return parts;
    }

    /** Whether a value has a place in a batch. */
    public boolean fits(String value) {
        return bytesOf(value) + QUOTES_AND_COMMA + BRACKETS <= maxBytes;
    }

    private static int bytesOf(String value) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(value).length;
    }
}
