package io.jenkins.plugins.cachepurge.operation.httpcache;

import io.jenkins.plugins.cachepurge.client.httpcache.PurgeOutcome;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far one instance of a cache is.
 *
 * @param verdicts what it said to the requests so far, in their order
 * @param problem why it did not take the next one, when it was last asked; empty where it did, or was not asked yet
 * @param givenUp true where asking again would not help
 */
record InstanceState(ApiUrl url, List<PurgeOutcome> verdicts, String problem, boolean givenUp) implements Serializable {

    static InstanceState untouched(ApiUrl url) {
        return new InstanceState(url, List.of(), "", false);
    }

    InstanceState answered(PurgeOutcome verdict) {
        return new InstanceState(
                url, Stream.concat(verdicts.stream(), Stream.of(verdict)).toList(), "", false);
    }

    InstanceState failed(ApiException why) {
        return new InstanceState(url, verdicts, why.getMessage(), !why.kind().isRetryable());
    }

    boolean failing() {
        return !problem.isEmpty();
    }
}
