package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Operations that make up a larger one. Each is created when it starts, and again after a restart, and is dropped when
 * it has ended: 100,000 of them cost no more than those that are running.
 *
 * @param <P> type of their results
 */
public interface Parts<P extends Serializable> {

    /** Maximum number of parts that run at the same time. The service's quota limits the requests. */
    int MAX_RUNNING = 32;

    /** Number of parts, 1 or more. */
    int count();

    /**
     * Creates one of the operations.
     *
     * @param index 0 for the first; the same index always gives the same operation
     */
    Operation<?, P> create(int index);

    /** Maximum number of parts that run at the same time; 1 for one after the other. */
    default int concurrency() {
        return MAX_RUNNING;
    }

    /**
     * Whether no further part starts after one has failed like this, since the others would fail as well. Requests
     * under way are waited for.
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

    /** Their common purpose, such as "purge 300 URLs of service X"; follows "Asking Fastly to". */
    LocalizedText purpose();

    /** Plural of the counted units, such as "URLs"; in the form that follows "24 of 100". */
    LocalizedText unit();

    /** Number of units of a part. */
    default int units(int index) {
        return 1;
    }

    /**
     * Names those that have succeeded and the others, if there are few and a person has to do something about each. Part of
     * the message about a timeout.
     */
    default Optional<String> describeEach(IntPredicate succeeded) {
        return Optional.empty();
    }

    /** What has not ended while they run; followed by "was not over after 60 s" or "was aborted". */
    default LocalizedText running(OperationDescription whole) {
        return whole.text();
    }

    /** The failure of the operation if there are several, and not all of them succeeded. */
    default ApiException failure(OperationDescription whole, PartFailures failures) {
        return failures.summarize(whole);
    }

    /** The failure of the operation if its only part failed, which mostly says enough. */
    default ApiException failureOfOnlyPart(OperationDescription whole, ApiException problem) {
        return problem;
    }
}
