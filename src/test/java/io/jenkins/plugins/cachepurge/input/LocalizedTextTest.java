package io.jenkins.plugins.cachepurge.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One text says the same in each language, with the numbers of that language. */
class LocalizedTextTest {

    private static final LocalizedText PURGED =
            LocalizedText.of("purge.requests", LocalizedText.of("path.several", 2400), 1048);

    @Test
    void numbersAreWrittenAsInTheLanguageOfTheText() {
        assertEquals("2,400 paths in 1,048 requests", PURGED.toString());
        assertEquals("2,400 paths in 1,048 requests", PURGED.in(Locale.US));
        assertEquals("2.400 Pfade in 1.048 Anfragen", PURGED.in(Locale.GERMAN));
        assertEquals("2.400 Pfade in 1.048 Anfragen", PURGED.in(Locale.forLanguageTag("de-CH")));
        assertEquals("2,400 paths in 1,048 requests", PURGED.in(Locale.FRENCH));
    }

    @Test
    void itIsKnownWhatIsTranslated() {
        assertTrue(PURGED.isTranslatedTo(Locale.GERMANY));
        assertFalse(PURGED.isTranslatedTo(Locale.FRENCH));
        assertFalse(LocalizedText.inOneLanguage("Completed").isTranslatedTo(Locale.GERMAN));
    }

    @Test
    void aTextInOneLanguageIsTheSameInEach() {
        LocalizedText status = LocalizedText.inOneLanguage("100 % of %s");
        assertEquals("100 % of %s", status.toString());
        assertEquals("100 % of %s", status.in(Locale.GERMAN));
        assertEquals("null", LocalizedText.inOneLanguage(null).toString());
    }

    @Test
    void aListIsSeparatedByCommas() {
        assertEquals("", LocalizedText.list(Stream.of()).toString());
        assertEquals(
                "everything, a, 2 hosts",
                LocalizedText.list(Stream.of(
                                LocalizedText.of("selection.everything"),
                                LocalizedText.inOneLanguage("a"),
                                LocalizedText.of("host.several", 2)))
                        .toString());
    }

    @Test
    void argumentsArePlain() {
        LocalizedText text = LocalizedText.of("text.list", new StringBuilder("a"), List.of(1));
        assertEquals(List.of("a", "[1]"), text.arguments());
        assertEquals(
                List.of(3L, BigInteger.ONE),
                LocalizedText.of("text.count", 3L, BigInteger.ONE).arguments());
    }

    @Test
    void allStringsCanBeChanged() {
        LocalizedText text =
                LocalizedText.of("text.detail", LocalizedText.of("path.one", "/a"), LocalizedText.inOneLanguage("/a"));
        assertEquals(
                "path /b (/b)", text.withStrings(each -> each.replace('a', 'b')).toString());
        assertEquals("path /a (/a)", text.toString());
    }

    @Test
    void equalTextsAreEqualAlsoAfterARestart() throws Exception {
        assertEquals(LocalizedText.of("path.several", 2), LocalizedText.of("path.several", 2));
        assertNotEquals(LocalizedText.of("path.several", 2), LocalizedText.of("path.several", 3));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(PURGED);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(PURGED, in.readObject());
        }
    }
}
