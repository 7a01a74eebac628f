package io.jenkins.plugins.cachepurge.operation.caches;

import io.jenkins.plugins.cachepurge.client.caches.Verdict;
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
record Instance(ApiUrl url, List<Verdict> verdicts, String problem, boolean givenUp) implements Serializable {

    static Instance untouched(ApiUrl url) {
        return new Instance(url, List.of(), "", false);
    }

    Instance answered(Verdict verdict) {
        return new Instance(
                url, Stream.concat(verdicts.stream(), Stream.of(verdict)).toList(), "", false);
    }

    Instance failed(ApiException why) {
        return new Instance(url, verdicts, why.getMessage(), !why.kind().passing());
    }

    boolean failing() {
        return !problem.isEmpty();
    }
}
