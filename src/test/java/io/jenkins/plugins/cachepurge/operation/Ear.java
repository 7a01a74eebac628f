package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** Keeps what an asynchronous driver tells. */
public final class Ear<R extends OperationResult> implements AsyncDriver.Listener<R> {

    private final List<Ending<R>> heard = new ArrayList<>();

    @Override
    public void succeeded(R result) {
        heard.add(new Ending<>(result, null));
    }

    @Override
    public void failed(Throwable problem) {
        heard.add(new Ending<>(null, problem));
    }

    public boolean heardNothing() {
        return heard.isEmpty();
    }

    /** The one thing it was told; more or less than one fails the test. */
    public Ending<R> only() {
        assertEquals(1, heard.size(), "how often the end was told");
        return heard.get(0);
    }
}
