package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.ArrayList;
import java.util.List;

/** Callback that records the outcomes that a driver reports. */
public final class RecordingCallback<R extends OperationResult> implements AsyncDriver.CompletionCallback<R> {

    private final List<OperationOutcome<R>> outcomes = new ArrayList<>();
    private final Runnable whenReported;

    public RecordingCallback() {
        this(() -> {});
    }

    /** @param whenReported called with each outcome */
    RecordingCallback(Runnable whenReported) {
        this.whenReported = whenReported;
    }

    @Override
    public void onSuccess(R result) {
        whenReported.run();
        outcomes.add(new OperationOutcome<>(result, null));
    }

    @Override
    public void onFailure(Throwable problem) {
        whenReported.run();
        outcomes.add(new OperationOutcome<>(null, problem));
    }

    public boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** The only outcome; fails the test if there is none or more than one. */
    public OperationOutcome<R> single() {
        assertEquals(1, outcomes.size(), "reported outcomes");
        return outcomes.get(0);
    }
}
