package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import okhttp3.Headers;

/** Answers that were never on a wire, and what is read from them. */
public final class TestResponses {

    /** When they arrive. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private TestResponses() {}

    /** @param headers names and values in turn; taken as they are, as from a service that keeps no rules */
    public static ApiResponse answer(int status, String body, String... headers) {
        Headers.Builder builder = new Headers.Builder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.addUnsafeNonAscii(headers[i], headers[i + 1]);
        }
        return new ApiResponse(status, builder.build(), body, false, NOW);
    }

    /** What the call makes of a success; fails the test where it makes none of it. */
    public static <T> T said(ApiCall<T> call, int status, String body) {
        Outcome<T> outcome = call.read(answer(status, body), Redactor.NONE);
        if (outcome instanceof Outcome.Failure<T> failed) {
            throw new AssertionError(failed.problem());
        }
        return ((Outcome.Success<T>) outcome).value();
    }

    /** What the call complains of. */
    public static ApiException refused(ApiCall<?> call, ApiResponse answer) {
        return refused(call, answer, Signer.NONE);
    }

    public static ApiException refused(ApiCall<?> call, ApiResponse answer, Signer authentication) {
        return problem(call.read(answer, authentication.secrets()));
    }

    /** The problem of an outcome, whose message is one line in any case. */
    static ApiException problem(Outcome<?> outcome) {
        ApiException problem = assertInstanceOf(Outcome.Failure.class, outcome).problem();
        assertEquals(1, problem.getMessage().lines().count(), problem.getMessage());
        return problem;
    }
}
