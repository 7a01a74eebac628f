package io.jenkins.plugins.cachepurge.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void quoteEndsAfter80Characters() {
        assertEquals("x".repeat(80), PrintableText.quote("x".repeat(80)));
        assertEquals("x".repeat(80) + "…", PrintableText.quote("x".repeat(81)));
        assertEquals("a?b??c", PrintableText.quote("a\nb\u001b\u009bc"));
    }

    @Test
    void quoteCutsNoCharacterInHalf() {
        String shown = PrintableText.quote("x".repeat(79) + "🎉🎉");
        assertEquals(shown, new String(shown.getBytes(UTF_8), UTF_8));
    }

    @Test
    void cutKeepsWhatIsShortEnough() {
        assertEquals("abc", PrintableText.cut("abc", 3));
        assertEquals("ab…", PrintableText.cut("abc", 2));
        assertEquals("🎉…", PrintableText.cut("🎉🎉", 1));
    }

    /** The expression and the method must agree on every character. */
    @Test
    void withoutInvisibleReplacesWhatIsInvisible() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = "a" + Character.toString(c) + "b";
            String expected = PrintableText.isInvisible(c) ? "a b" : text;
            assertEquals(expected, PrintableText.withoutInvisible(text), Integer.toHexString(c));
        }
        assertEquals("a b c", PrintableText.withoutInvisible("a\r\n\tb\u2028c"));
    }
}
