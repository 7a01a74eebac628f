package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiExceptionTest {

    /** 501 says that the service cannot do it at all (RFC 9110, 15.6.2); other errors may come after it acted. */
    @ParameterizedTest
    @CsvSource({
        "302, REFUSED, false, false",
        "400, REFUSED, false, false",
        "404, REFUSED, false, false",
        "408, UNAVAILABLE, true, true",
        "409, REFUSED, false, false",
        "421, REFUSED, false, false",
        "429, RATE_LIMITED, true, false",
        "500, SERVER_ERROR, true, true",
        "501, REFUSED, false, false",
        "502, UNAVAILABLE, true, true",
        "503, UNAVAILABLE, true, true",
        "504, UNAVAILABLE, true, true",
        "520, UNAVAILABLE, true, true",
        "521, UNAVAILABLE, true, true",
        "522, UNAVAILABLE, true, true",
        "523, UNAVAILABLE, true, true",
        "524, UNAVAILABLE, true, true",
        "525, UNAVAILABLE, true, true",
        "526, UNAVAILABLE, true, true",
        "527, UNAVAILABLE, true, true",
        "530, UNAVAILABLE, true, true",
        "599, SERVER_ERROR, true, true",
    })
    void statusDecidesWhatMayBeDoneNext(int status, Kind kind, boolean retryable, boolean mayHaveTakenEffect) {
        ApiException problem = TestResponses.refused(TestCalls.get(), TestResponses.answer(status, ""));
        assertEquals(kind, problem.kind());
        assertEquals(retryable, problem.kind().isRetryable());
        assertEquals(mayHaveTakenEffect, problem.kind().mayHaveTakenEffect());
        assertEquals(status, problem.status().orElseThrow());
    }
}
