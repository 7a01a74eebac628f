package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String SECRET = "ap!key:/+s3cr?t>>~";

    private final Redactor secrets = new Redactor(List.of(SECRET, "other-secret", "abc"));

    static Stream<String> forms() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                SECRET,
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hidesASecretInEachOfItsForms(String form) {
        assertEquals("a " + Redactor.MASK + ", b " + Redactor.MASK, secrets.redact("a %1$s, b %1$s".formatted(form)));
    }

    @Test
    void hidesEveryOneOfSeveral() {
        assertEquals("**** and ****", secrets.redact(SECRET + " and other-secret"));
    }

    /** The longest first, or the rest of a longer one would stay readable. */
    @Test
    void hidesASecretThatBeginsLikeAnother() {
        Redactor both = new Redactor(List.of("token", "token-and-more"));
        assertEquals("**** ****", both.redact("token-and-more token"));
    }

    /** Hiding what is in every other word would only spoil the text. */
    @Test
    void leavesWhatIsTooShortToBeASecret() {
        assertEquals("abc", secrets.redact("abc"));
    }

    @Test
    void hidesThemAnywhereInJson() throws Exception {
        JsonNode dirty = Json.parse("""
                {"a": "x %1$s", "b": [1, true, null, "%1$s", {"c": ["%1$s"]}], "key %1$s": 2.5}
                """.formatted(SECRET));
        assertEquals(
                "{\"a\":\"x ****\",\"b\":[1,true,null,\"****\",{\"c\":[\"****\"]}],\"key ****\":2.5}",
                secrets.redact(dirty).toString());
    }

    @Test
    void leavesMissingJsonMissing() throws Exception {
        assertEquals(true, secrets.redact(Json.parse("")).isMissingNode());
        assertEquals(true, secrets.redact(Json.parse("null")).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\nb",
                "a\u0000b",
                "a\tb",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\u009bb",
                "a\u2028b",
                "a\u2029b",
                "a\u202eb",
                "a\u200bb",
                "a\ufeffb"
            })
    void leavesNothingThatSteersATerminalOrBreaksALine(String text) {
        assertEquals("a b", secrets.redact(text));
    }

    @Test
    void leavesTheColoursOfATerminalWithoutEffect() {
        String clean = secrets.redact("\u001b[31mred\u001b[0m \u009b2Jgone");
        assertFalse(clean.chars().anyMatch(Character::isISOControl), clean);
    }

    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "Größe: 5 µm – “ok” 日本 🎉";
        assertEquals(text, secrets.redact(text));
    }
}
