package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Next;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Purges by one request after the other, of a service that never says more than its answer does.
 *
 * @param answered what came of the requests so far, in their order
 */
public record SequentialPurge(PurgeRequests plan, List<PurgeResult.RequestResult> answered) implements Operation<PurgeResult> {

    public SequentialPurge(PurgeRequests plan) {
        this(plan, List.of());
    }

    @Override
    public OperationDescription subject() {
        return plan.subject();
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(plan.selection());
    }

    @Override
    public Next<PurgeResult> turn() {
        return Next.ask(plan.request(answered.size()), this::next);
    }

    private Operation<PurgeResult> next(PurgeResult.RequestResult request) {
        List<PurgeResult.RequestResult> now =
                Stream.concat(answered.stream(), Stream.of(request)).toList();
        return now.size() < plan.requestCount() ? new SequentialPurge(plan, now) : new SucceededState<>(subject(), plan.result(now));
    }
}
