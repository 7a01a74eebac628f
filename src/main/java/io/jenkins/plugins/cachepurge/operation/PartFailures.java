package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Failures of the parts of an operation, with counts.
 *
 * @param unit plural of the counted units, such as "URLs"
 * @param total how many units there are in all
 * @param succeeded how many units were done
 * @param failed how many units were not done; the rest was not tried
 * @param listed the parts that failed first, at least one and at most {@link #MAX_LISTED}
 */
public record PartFailures(String unit, int total, int succeeded, int failed, List<Failure> listed) {

    /** Maximum number of listed failures; the others are only counted. */
    public static final int MAX_LISTED = 100;

    /**
     * A part that failed.
     *
     * @param index of the part, 0 for the first
     */
    public record Failure(int index, ApiException problem) implements Serializable {}

    /** The failure of the first one. */
    public ApiException first() {
        return listed.get(0).problem();
    }

    /** Numbers of units, such as "2,398 of 2,400 URLs done, 2 failed". */
    public String counts() {
        int notTried = total - succeeded - failed;
        String counts = "%s of %s %s done, %s failed".formatted(number(succeeded), number(total), unit, number(failed));
        return notTried == 0 ? counts : "%s, %s not tried".formatted(counts, number(notTried));
    }

    /** One line: how many succeeded, how many failed, and why the first did. */
    public ApiException summarize(OperationDescription whole) {
        return first().withMessage("%s: %s. The first failure: %s".formatted(whole, counts(), first().getMessage()));
    }

    /** A count for people, such as "2,400". */
    public static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
