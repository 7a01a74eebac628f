package io.jenkins.plugins.cachepurge.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

public class InputFieldTest {

    /** A bad input fails with one line that begins with the field's name. */
    public static void assertRefused(String message, Supplier<?> reading) {
        InvalidInputException problem = assertThrows(InvalidInputException.class, reading::get);
        assertEquals(message, problem.getMessage());
        assertEquals(1, message.lines().count());
        assertEquals(message.substring(0, message.indexOf(':')), problem.field());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t", "\n", "\u2003"})
    void nothingIsMissing(String text) {
        InputField input = new InputField("field", text);
        assertRefused("field: is required", input::required);
        assertRefused("field: is required", input::asName);
        assertRefused("field: is required", input::asId);
        assertRefused("field: is required", input::asUuid);
        assertRefused("field: is required", () -> input.inRange(1, 2));
        assertRefused("field: is required", () -> input.matching(Pattern.compile(".*"), "x"));
    }

    /** A form has no names of a Jenkinsfile, and its messages are sentences. */
    @Test
    void formHasTextsOfItsOwn() {
        InvalidInputException missing =
                assertThrows(InvalidInputException.class, () -> new InputField("field", "").required());
        assertEquals("Required", missing.reason(Locale.ROOT));
        assertEquals("Erforderlich", missing.reason(Locale.GERMAN));
        InvalidInputException number =
                assertThrows(InvalidInputException.class, () -> new InputField("field", "x").asId());
        assertEquals("must be a number of at least 1, but was 'x'", number.reason(Locale.ROOT));
        assertEquals("in one language", new InvalidInputException("field", "in one language").reason(Locale.GERMAN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$NOPE", "${nope}", "http://$HOST/", "a-${env.X}"})
    void variableThatWasNotReplacedIsSaidToBeOne(String text) {
        String problem =
                "field: has a variable that was not replaced: it is empty or not set, or stands between single quotes in a Jenkinsfile";
        InputField input = new InputField("field", text);
        assertRefused(problem, input::required);
        assertRefused(problem, input::asCredentialsId);
        assertRefused(problem, input::asId);
        assertEquals("costs $5, a$b", new InputField("field", "costs $5, a$b").required());
    }

    @Test
    void textOfNullIsSaidToBeOne() {
        assertRefused(
                "field: is the text of a value that is null: a variable is not set",
                () -> new InputField("field", "null").required());
    }

    /** It may be the secret itself. */
    @Test
    void idOfCredentialsIsNotQuoted() {
        assertEquals("scw", new InputField("credentialsId", " scw ").asCredentialsId());
        assertRefused("credentialsId: is required", () -> new InputField("credentialsId", " ").asCredentialsId());
        assertRefused(
                "credentialsId: must be the id of credentials, without line breaks and control characters; a secret belongs into credentials, not into a job",
                () -> new InputField("credentialsId", "s3\ncret").asCredentialsId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r",
                "\ta",
                "a\u0000",
                "a\u001b[31m",
                "a\u007f",
                "a\u0085b",
                "a\u009b",
                "a\u2028b",
                "a\u2029",
                "a\u202eb",
                "a\u200bb",
                "\ufeffa"
            })
    void whatCannotBeSeenIsRefused(String text) {
        String shown = text.codePoints()
                .map(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || c == 0x2028
                                || c == 0x2029
                        ? '?'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertRefused(
                "field: must not contain line breaks or control characters, but was '" + shown + "'",
                new InputField("field", text)::required);
    }

    @Test
    void spacesAroundItAreNotMeant() {
        assertEquals("a b", new InputField("field", "  a b ").required());
        assertEquals(7, new InputField("field", " 7 ").asId());
    }

    @ParameterizedTest
    @CsvSource({"a/b", "/", "..", "..;", ".;a=b", ".", "../x"})
    void aNameIsNoPath(String text) {
        assertRefused(
                "field: must be a name, not a path, but was '%s'".formatted(text),
                new InputField("field", text)::asName);
    }

    @ParameterizedTest
    @CsvSource({"my-project", "...", "ä ö", "a\\b", "%2e%2e", "a?b#c"})
    void aNameMayBeOdd(String text) {
        assertEquals(text, new InputField("field", text).asName());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "007, 7", "999999999999999999, 999999999999999999"})
    void anIdIsANumber(String text, long id) {
        assertEquals(id, new InputField("field", text).asId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "0x1",
                "two",
                "1 2",
                "1_000",
                "٣",
                "1000000000000000000",
                "99999999999999999999"
            })
    void anythingElseIsNoId(String text) {
        assertRefused(
                "field: must be a number of at least 1, but was '%s'".formatted(text),
                new InputField("field", text)::asId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11", "292E6E2C-5F2B-4A0E-9D47-2A1F3F7A9C11"})
    void aUuidIsOneInEitherCase(String text) {
        assertEquals(text, new InputField("field", " " + text).asUuid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "292e6e2c5f2b4a0e9d472a1f3f7a9c11",
                "292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c1",
                "292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c111",
                "292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c1g",
                "{292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11}",
                "1-1-1-1-1",
                "../../x"
            })
    void anythingElseIsNoUuid(String text) {
        assertRefused(
                "field: must be a UUID, such as 292e6e2c-5f2b-4a0e-9d47-2a1f3f7a9c11, but was '%s'".formatted(text),
                new InputField("field", text)::asUuid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000", " 20 "})
    void aNumberIsInItsRange(String text) {
        assertEquals(Integer.parseInt(text.trim()), new InputField("limit", text).inRange(1, 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "1.5", "99999999999"})
    void anythingElseIsNoNumber(String text) {
        assertRefused(
                "limit: must be a number from 1 to 1000, but was '%s'".formatted(text),
                () -> new InputField("limit", text).inRange(1, 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberOutOfItsRangeIsRefused(int number) {
        InvalidInputException problem =
                assertThrows(InvalidInputException.class, () -> InputField.inRange("limit", number, 1, 1000));
        assertEquals("limit: must be a number from 1 to 1000, but was " + number, problem.getMessage());
        assertThrows(InvalidInputException.class, () -> new InputField("limit", "" + number).inRange(1, 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 2_592_001})
    void aTimeoutIsASecondToAMonth(int seconds) {
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> InputField.timeout(seconds));
        assertEquals("timeout: must be a number from 1 to 2592000, but was " + seconds, problem.getMessage());
    }

    @Test
    void aTimeoutMayBeTheShortestAndTheLongest() {
        assertEquals(Duration.ofSeconds(1), InputField.timeout(1));
        assertEquals(Duration.ofDays(30), InputField.timeout(InputField.MAX_TIMEOUT_SECONDS));
    }
}
