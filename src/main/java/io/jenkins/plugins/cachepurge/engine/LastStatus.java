package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.time.Duration;

/** What is known of an operation, for the line that says that the time is up. */
final class LastStatus {

    private String text = "nothing was sent";
    private String state = "";

    /** @param sentence its full stop is left out */
    void is(String sentence) {
        text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** @return false where it was in this state already */
    boolean isInState(String now) {
        text = now;
        boolean changed = !now.equals(state);
        state = now;
        return changed;
    }

    ApiException timedOut(Operation<?> operation, Duration timeout) {
        String known = operation.soFar().map(soFar -> text + "; " + soFar).orElse(text);
        OperationDescription subject = operation.subject();
        return ApiException.timedOut(subject.service(), subject.toString(), timeout, known);
    }
}
