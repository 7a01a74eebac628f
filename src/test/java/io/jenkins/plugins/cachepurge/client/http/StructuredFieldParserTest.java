package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser.Item;
import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser.Type;
import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that are lists of items. */
class StructuredFieldParserTest {

    private static List<Item> list(String text) {
        return StructuredFieldParser.list(text).orElseThrow(() -> new AssertionError(text));
    }

    private static Value value(String text) {
        return list(text).get(0).value();
    }

    @Test
    void anEmptyHeaderIsAnEmptyList() {
        assertEquals(List.of(), list(""));
        assertEquals(List.of(), list("   "));
    }

    @Test
    void itemsWithParameters() {
        assertEquals(
                List.of(
                        new Item(
                                new Value(Type.TOKEN, "OriginCache"),
                                Map.of(
                                        "hit", new Value(Type.BOOLEAN, "true"),
                                        "ttl", new Value(Type.INTEGER, "1100"),
                                        "collapsed", new Value(Type.BOOLEAN, "false"))),
                        new Item(
                                new Value(Type.STRING, "CDN Company Here"),
                                Map.of("hit", new Value(Type.BOOLEAN, "true"), "ttl", new Value(Type.INTEGER, "-5")))),
                list("OriginCache; hit; ttl=1100;collapsed=?0 ,\t\"CDN Company Here\";hit;   ttl=-5  "));
    }

    @Test
    void ofEqualParametersTheLastCounts() {
        assertEquals(
                Map.of("a", new Value(Type.INTEGER, "2")),
                list("x;a=1;a=2").get(0).parameters());
    }

    @Test
    void stringsAreUnescaped() {
        assertEquals(new Value(Type.STRING, "a \"b\" \\c, d;"), value("\"a \\\"b\\\" \\\\c, d;\""));
        assertEquals(new Value(Type.STRING, ""), value("\"\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "-0.123",
                "123456789012.999",
                "@1659578233",
                "@-1",
                ":cHJldGVuZA==:",
                "::",
                "%\"f%c3%bc\"",
                "%\"\""
            })
    void otherTypesAreReadButNotConverted(String text) {
        assertEquals(new Value(Type.OTHER, text), value(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "*", "*a", "A/b:c", "foo123/456", "a!#$%&'*+.^_`|~-"})
    void tokens(String text) {
        assertEquals(new Value(Type.TOKEN, text), value(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "042", "123456789012345", "-999999999999999"})
    void integers(String text) {
        assertEquals(new Value(Type.INTEGER, text), value(text));
    }

    /** One mistake and the header has no value, as the standard requires. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "a,",
                "a, ",
                ", a",
                "a,,b",
                "a b",
                "a;",
                "a; ",
                "a;=1",
                "a;A=1",
                "a;1=1",
                "a;b=",
                "a; b = 1",
                "a ;b",
                "\ta",
                "\"",
                "\"a",
                "\"\\",
                "\"\\a\"",
                "\"ü\"",
                "\"\u0001\"",
                "ü",
                "-",
                "1.",
                ".1",
                "1.1234",
                "1234567890123456",
                "1234567890123.1",
                "--1",
                "?",
                "?2",
                "?true",
                "@",
                "@1.5",
                ":a",
                ":ü:",
                "%\"a",
                "%\"%C3\"",
                "%\"%\"",
                "%a",
                "(a b)",
                "a=1",
                "'a'",
                "hit;ttl=376;",
                "a\n,b",
                "a\u0000"
            })
    void amistakeInvalidatesTheHeader(String text) {
        assertEquals(Optional.empty(), StructuredFieldParser.list(text));
    }

    @Test
    void aLongHeaderNeitherTakesLongNorOverflowsTheStack() {
        String escapes = "\"" + "\\\\".repeat(4000) + "\"";
        assertEquals(4000, value(escapes).text().length());
        assertEquals(2000, list("a,".repeat(1999) + "a").size());
        assertTrue(StructuredFieldParser.list("a,".repeat(5000) + "a").isEmpty(), "longer than any header is");
        assertTrue(StructuredFieldParser.list("\"" + "\\\\".repeat(4000)).isEmpty());
        assertTrue(StructuredFieldParser.list("%\"" + "%".repeat(8000) + "\"").isEmpty());
    }
}
