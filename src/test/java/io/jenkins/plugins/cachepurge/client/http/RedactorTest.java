package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String SECRET = "ap!key:/+s3 cr?t>>~é'&<\"\\";

    private final Redactor secrets = new Redactor(List.of(SECRET, "other-secret", "abc"));

    static Stream<String> forms() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                SECRET,
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"),
                lowerCase(URLEncoder.encode(SECRET, StandardCharsets.UTF_8)),
                URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), StandardCharsets.UTF_8),
                html(SECRET, "&amp;", "&#39;", "&quot;"),
                html(SECRET, "&#38;", "&#x27;", "&#34;"),
                html(SECRET, "&#x00026;", "&apos;", "&#X22;"),
                SECRET.replace("é", "&#233;").replace("&<", "&amp;&#60;"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String lowerCase(String encoded) {
        return Pattern.compile("%..")
                .matcher(encoded)
                .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
    }

    private static String html(String text, String ampersand, String apostrophe, String quote) {
        return text.replace("&", ampersand)
                .replace("'", apostrophe)
                .replace("\"", quote)
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hidesASecretInEachOfItsForms(String form) {
        assertEquals("a " + Redactor.MASK + ", b " + Redactor.MASK, secrets.redact("a " + form + ", b " + form));
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
                """.formatted(SECRET.replace("\\", "\\\\").replace("\"", "\\\"")));
        assertEquals(
                "{\"a\":\"x ****\",\"b\":[1,true,null,\"****\",{\"c\":[\"****\"]}],\"key ****\":2.5}",
                secrets.redact(dirty).toString());
    }

    /** A password may consist of digits. */
    @Test
    void hidesANumberThatIsASecret() throws Exception {
        Redactor numeric = new Redactor(List.of("12345678", "12345678901234567890123", "not a number"));
        JsonNode dirty = Json.parse(
                "{\"pin\": 12345678, \"float\": 1.2345678e7, \"big\": 12345678901234567890123, \"id\": 123456789, \"none\": 1e999}");
        JsonNode clean = numeric.redact(dirty);
        for (String field : List.of("pin", "float", "big")) {
            assertEquals("****", clean.path(field).textValue(), field);
        }
        assertEquals(123456789, clean.path("id").intValue());
        assertTrue(clean.path("none").isNumber());
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
