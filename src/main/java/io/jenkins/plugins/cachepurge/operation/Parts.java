package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.io.Serializable;

/**
 * Operations that make up a larger one. Each is created when its turn comes, and again after a restart, and is dropped when
 * it has ended: 100,000 of them cost no more than those that are running.
 *
 * @param <P> type of their results
 */
public interface Parts<P extends Serializable> {

    /** How many parts run at the same time at most. What is sent at the same time is limited by the service's quota. */
    int MAX_RUNNING = 32;

    /** How many there are, 1 or more. */
    int count();

    /**
     * Creates one of the operations.
     *
     * @param index 0 for the first; the same index always gives the same operation
     */
    Operation<?, P> create(int index);

    /** How many may run at the same time, 1 or more; 1 for one after the other. */
    default int concurrency() {
        return MAX_RUNNING;
    }

    /**
     * Whether no further part starts after one has failed like this, since the others would fail alike. What is under way is
     * waited for.
     */
    default boolean stopsAfter(ApiException problem) {
        return switch (problem.kind()) {
            case UNTRUSTED, RATE_LIMITED, PROXY_REFUSED, PROXY_UNAVAILABLE -> true;
            case REFUSED -> isAboutAccess(problem.status().orElse(0));
            default -> false;
        };
    }

    private static boolean isAboutAccess(int status) {
        return status == 401 || status == 403 || status == 407;
    }

    /** What they do together, such as "purge 300 URLs of service X"; follows "Asking Fastly to". */
    String purpose();

    /** What is counted, in the plural, such as "URLs". */
    String unit();

    /** How many units a part stands for. */
    default int units(int index) {
        return 1;
    }

    /** What to report if not all of them succeeded. */
    default ApiException failure(OperationDescription whole, PartFailures failures) {
        return failures.summarize(whole);
    }
}
