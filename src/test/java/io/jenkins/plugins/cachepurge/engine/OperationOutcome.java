package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.regex.Pattern;

/** How a run of an operation ended: with a result or with a problem. */
public record OperationOutcome<R extends OperationResult>(R result, Throwable problem) {

    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern NUMBERED_ID = Pattern.compile("id=(operation-)?\\d+(-\\d+)*");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");

    /** The result; fails the test where there is none. */
    public R succeeded() {
        assertNull(problem);
        return result;
    }

    /** The problem; fails the test where it is of another kind. */
    public ApiException failed(ApiException.Kind kind) {
        ApiException failure = assertInstanceOf(ApiException.class, problem);
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
        return failure;
    }

    /** What a user sees of it, without ids and dates, which differ from run to run. */
    public String normalized() {
        String text = problem == null ? "result " + result.toPipelineValue() : "problem " + problem.getMessage();
        String noIds =
                NUMBERED_ID.matcher(UUID.matcher(text).replaceAll("(id)")).replaceAll("(id)");
        return DATE.matcher(noIds).replaceAll("(date)");
    }
}
