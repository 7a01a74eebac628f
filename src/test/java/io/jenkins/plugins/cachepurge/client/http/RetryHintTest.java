package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a service asks to be left alone, as the header {@code Retry-After} says it. */
class RetryHintTest {

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "' 7 ', PT7S",
        "0, PT0S",
        "-5, PT0S",
        "604800, P7D",
        "604801, P7D",
        "9223372036854775807, P7D",
        "-9223372036854775808, PT0S",
    })
    void inSeconds(String value, Duration hint) {
        assertEquals(Optional.of(hint), hint(429, "Retry-After", value));
        assertEquals(Optional.of(hint), hint(503, "retry-after", value));
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 01 Mar 2026 12:00:09 GMT', PT9S",
        "'Sun, 1 Mar 2026 12:00:09 GMT', PT9S",
        "'Sunday, 01-Mar-26 12:00:09 GMT', PT9S",
        "'Sun, 01 Mar 2026 11:00:00 GMT', PT0S",
        "'Sat, 01 Mar 2036 12:00:00 GMT', P7D",
    })
    void asADate(String value, Duration hint) {
        assertEquals(Optional.of(hint), hint(429, "Retry-After", value));
    }

    @Test
    void aDateIsByTheServicesClock() {
        assertEquals(
                Optional.of(Duration.ofSeconds(9)),
                hint(429, "Date", "Sun, 01 Mar 2026 09:30:00 GMT", "Retry-After", "Sun, 01 Mar 2026 09:30:09 GMT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1.5", "99999999999999999999", "2026-03-01T12:00:09Z", "1 2"})
    void whatCannotBeReadIsNoHint(String value) {
        assertEquals(Optional.empty(), hint(429, "Retry-After", value));
    }

    @Test
    void goesBeforeWhatTheBodySays() {
        ApiCall<?> call = new ApiCall<>(
                "Example",
                "do a thing",
                ApiRequest.get(TestCalls.URL),
                (json, answer) -> json,
                (answer, json) -> ServiceError.of("").withRetryAfter(Optional.of(Duration.ofSeconds(99))),
                Idempotency.IDEMPOTENT);
        assertEquals(
                Optional.of(Duration.ofSeconds(3)),
                TestResponses.refused(call, TestResponses.answer(429, "", "Retry-After", "3"))
                        .retryAfter());
        assertEquals(
                Optional.of(Duration.ofSeconds(99)),
                TestResponses.refused(call, TestResponses.answer(429, "")).retryAfter());
    }

    private static Optional<Duration> hint(int status, String... headers) {
        return TestResponses.refused(TestCalls.get(), TestResponses.answer(status, "", headers))
                .retryAfter();
    }
}
