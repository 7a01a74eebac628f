package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    record Person(Long id, String firstName, List<String> nickNames, Boolean isNew) {

        Person {
            if (id == null) {
                throw new IllegalArgumentException("a person without id");
            }
        }
    }

    private static final ApiCall<Person> CALL =
            TestCalls.of(ApiRequest.get(TestCalls.URL), ResponseReader.of(Person.class));

    @Test
    void ignoresWhatItDoesNotKnow() {
        Person person = TestResponses.said(CALL, 200, """
                {"id": 1, "first_name": "A", "nick_names": ["B", "C"], "age": {"years": [1, {"x": null}]}, "firstName": "Z"}
                """);
        assertEquals(new Person(1L, "A", List.of("B", "C"), null), person);
    }

    @Test
    void missingIsNull() {
        Person person = TestResponses.said(CALL, 201, "{\"id\": 9007199254740993, \"first_name\": null}");
        assertEquals(9007199254740993L, person.id());
        assertNull(person.firstName());
        assertNull(person.nickNames());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": 1|not JSON",
                "{\"id\": 1} {}|not JSON",
                "{\"id\": 1},|not JSON",
                "{'id': 1}|not JSON",
                "{\"id\": NaN}|not JSON",
                "<!DOCTYPE html><html></html>|not JSON",
                "null|not a JSON object",
                "[]|not a JSON object",
                "\"text\"|not a JSON object",
                "1|not a JSON object",
                "``|empty",
                "` \n`|empty",
                "{}|a person without id",
                "{\"id\": null}|a person without id",
                "{\"id\": \"1\"}|a field is not of the expected type",
                "{\"id\": {}}|a field is not of the expected type",
                "{\"id\": 99999999999999999999}|a field is not of the expected type",
                "{\"id\": 1e999999999}|a field is not of the expected type",
                "{\"id\": 1, \"first_name\": 1}|a field is not of the expected type",
                "{\"id\": 1, \"first_name\": 1e999}|a field is not of the expected type",
                "{\"id\": 1, \"first_name\": true}|a field is not of the expected type",
                "{\"id\": 1, \"nick_names\": [1.5]}|a field is not of the expected type",
                "{\"id\": 1, \"first_name\": []}|a field is not of the expected type",
                "{\"id\": 1, \"nick_names\": \"B\"}|a field is not of the expected type",
                "{\"id\": 1, \"is_new\": \"true\"}|a field is not of the expected type",
            })
    void anythingElseIsNoAnswer(String body, String why) {
        ApiException problem = TestResponses.refused(CALL, TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains("): " + why + "."), problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingIsNoAnswer(String open) {
        String body = open.repeat(100_000);
        assertEquals(
                Kind.UNREADABLE,
                TestResponses.refused(CALL, TestResponses.answer(200, body)).kind());
        assertEquals(
                Kind.REFUSED,
                TestResponses.refused(CALL, TestResponses.answer(400, body)).kind());
    }

    @Test
    void nestingWithinJacksonsLimitOverflowsNothing() {
        String body = "{\"id\": 1, \"x\": " + "[".repeat(990) + "]".repeat(990) + "}";
        assertEquals(1, TestResponses.said(CALL, 200, body).id());
    }

    @ParameterizedTest
    @CsvSource({
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "404, REFUSED"
    })
    void anErrorMayBeAnything(int status, Kind kind) {
        for (String body : List.of("<html>502</html>", "", "null", "[]", "\"text\"", "{\"message\": null}", "{")) {
            ApiException problem =
                    TestResponses.refused(CALL, TestResponses.answer(status, body, "Content-Type", "text/html"));
            assertEquals(kind, problem.kind(), body);
            assertEquals(status, problem.status().orElseThrow());
        }
    }

    /** Jackson's own messages quote what they fail on. */
    @Test
    void quotesNothingOfWhatItCannotRead() {
        for (String body : List.of("{\"id\": \"s3cret\"}", "s3cret", "{\"id\": s3cret}")) {
            String message =
                    TestResponses.refused(CALL, TestResponses.answer(200, body)).getMessage();
            assertTrue(!message.contains("s3cret"), message);
        }
    }

    @Test
    void refusesToWriteWhatItCannot() {
        record Odd(Object thing) {}
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Odd(new Object())));
    }
}
