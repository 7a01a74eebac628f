package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an asynchronous driver tells. */
public final class RecordingCallback<R extends OperationResult> implements AsyncDriver.CompletionCallback<R> {

    private final List<OperationOutcome<R>> outcomes = new ArrayList<>();

    @Override
    public void onSuccess(R result) {
        outcomes.add(new OperationOutcome<>(result, null));
    }

    @Override
    public void onFailure(Throwable problem) {
        outcomes.add(new OperationOutcome<>(null, problem));
    }

    public boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** The one thing it was told; more or less than one fails the test. */
    public OperationOutcome<R> single() {
        assertEquals(1, outcomes.size(), "how often the end was told");
        return outcomes.get(0);
    }
}
