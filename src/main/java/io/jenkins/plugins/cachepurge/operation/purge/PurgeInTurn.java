package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Purges by one request after the other, of a service that never says more than its answer does.
 *
 * @param answered what came of the requests so far, in their order
 */
public record PurgeInTurn(PurgePlan plan, List<PurgeResult.Request> answered) implements Operation<PurgeResult> {

    public PurgeInTurn(PurgePlan plan) {
        this(plan, List.of());
    }

    @Override
    public Subject subject() {
        return plan.subject();
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(plan.what());
    }

    @Override
    public Turn<PurgeResult> turn() {
        return Turn.ask(plan.request(answered.size()), this::next);
    }

    private Operation<PurgeResult> next(PurgeResult.Request request) {
        List<PurgeResult.Request> now =
                Stream.concat(answered.stream(), Stream.of(request)).toList();
        return now.size() < plan.requests() ? new PurgeInTurn(plan, now) : new Finished<>(subject(), plan.result(now));
    }
}
