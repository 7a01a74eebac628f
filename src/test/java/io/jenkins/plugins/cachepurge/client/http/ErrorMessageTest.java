package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMessageTest {

    @Test
    void saysWhatWasAskedWhatWasAnsweredAndWhatToDo() {
        assertEquals(
                "Example was asked to do a thing and answered HTTP 404: no such thing. Check the names and ids, and what the credentials may access.",
                message(404, "no such thing"));
    }

    @Test
    void endsSentencesOnce() {
        assertEquals(
                "Example was asked to do a thing and answered HTTP 418: I am a teapot.",
                message(418, "I am a teapot."));
        assertEquals("Example was asked to do a thing and answered HTTP 418.", message(418, "  "));
    }

    @Test
    void isOneLineWhateverTheServiceSays() {
        String message = message(500, "a\\nb\\r\\nc\\u001b[2Jd\\u0085e\\u009bf\\u2028g");
        assertEquals(
                "Example was asked to do a thing and answered HTTP 500: a b c [2Jd e f g. Try again later.", message);
    }

    @Test
    void cutsWhatIsTooLong() {
        assertEquals("x".repeat(300), ErrorMessage.cut(" " + "x".repeat(300) + "\t"));
        assertEquals("x".repeat(300) + "…", ErrorMessage.cut("x".repeat(301)));
        assertEquals("x".repeat(299) + "🎉…", ErrorMessage.cut("x".repeat(299) + "🎉🎉"));
        assertTrue(message(500, "y".repeat(100_000)).length() < 500);
    }

    /** A type, too, comes from the service. */
    @Test
    void cleansTheTypeOfABodyThatCannotBeRead() {
        ApiResponse answer = TestResponses.answer(
                200, "<html>", "Content-Type", "text/\u001b[31mhtml\u009b s3cret-token" + "z".repeat(5000));
        String message = TestResponses.refused(TestCalls.get(), answer, Signer.bearer("s3cret-token"))
                .getMessage();
        assertFalse(message.chars().anyMatch(Character::isISOControl), message);
        assertFalse(message.contains("s3cret"), message);
        assertTrue(message.length() < 800, message);
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html; charset=utf-8, text/html",
        "200, TEXT/PLAIN, TEXT/PLAIN",
        "200, '', untyped",
        "202, ;, ''",
    })
    void namesTheTypeOfABodyThatCannotBeRead(int status, String type, String shown) {
        ApiException problem =
                TestResponses.refused(TestCalls.get(), TestResponses.answer(status, "<html>", "Content-Type", type));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertEquals(
                "Example was asked to do a thing and answered HTTP %d with an unexpected body (%s): not JSON. Check that GET https://api.example.org/v1/things is this service's API."
                        .formatted(status, shown),
                problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 407, 429, 500, 502, 503, 504})
    void advisesWhereTheServiceDoesNot(int status) {
        String plain = "Example was asked to do a thing and answered HTTP %d.".formatted(status);
        assertTrue(message(status, "").startsWith(plain + " "), message(status, ""));
    }

    @Test
    void leavesTheQueryOut() {
        ApiException problem = HttpInternals.unreachable(TestCalls.get());
        assertFalse(problem.getMessage().contains("secret=no"), problem.getMessage());
        assertTrue(problem.getMessage().contains("GET https://api.example.org/v1/things "), problem.getMessage());
    }

    private static String message(int status, String said) {
        return TestResponses.refused(TestCalls.get(), TestResponses.answer(status, "{\"message\":\"" + said + "\"}"))
                .getMessage();
    }
}
