package io.jenkins.plugins.cachepurge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that was saved is shown in each language, and never with a secret. */
class ReportMessageTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final UnaryOperator<String> MASK = text -> text.replace("s3cr3t", "****");

    @Test
    void savedMessageIsShownInEachLanguage() throws Exception {
        LocalizedText purged =
                LocalizedText.of("purge.requests", LocalizedText.of("url.several", 10_000), 5_000_000_000L);
        LocalizedText text = LocalizedText.of("text.detail", purged, LocalizedText.inOneLanguage("Completed"));
        ReportMessage saved = reread(ReportMessage.of(text, MASK));
        assertEquals("10,000 URLs in 5,000,000,000 requests (Completed)", saved.english());
        assertEquals("10,000 URLs in 5,000,000,000 requests (Completed)", saved.in(Locale.FRENCH));
        assertEquals("10.000 URLs in 5.000.000.000 Anfragen (Completed)", saved.in(Locale.GERMANY));
    }

    @Test
    void textThatCannotBeTranslatedIsSavedAsAString() throws Exception {
        assertEquals(
                "\"zone 7\"", JSON.writeValueAsString(ReportMessage.of(LocalizedText.inOneLanguage("zone 7"), MASK)));
        assertEquals(
                "{\"english\":\"zone 7\",\"format\":[\"target.zone\",7]}",
                JSON.writeValueAsString(ReportMessage.of(LocalizedText.of("target.zone", 7), MASK)));
    }

    @Test
    void failureIsEnglishInEachLanguage() throws Exception {
        ReportMessage saved = reread(ReportMessage.of(LocalizedText.inOneLanguage("HTTP 404: 100 %"), MASK));
        assertEquals(new ReportMessage("HTTP 404: 100 %", List.of()), saved);
        assertEquals("HTTP 404: 100 %", saved.in(Locale.GERMAN));
    }

    @Test
    void secretInAnArgumentIsMaskedInEachLanguage() throws Exception {
        LocalizedText text = LocalizedText.of("purge.oneRequest", LocalizedText.of("path.one", "/s3cr3t/a"));
        ReportMessage message = ReportMessage.of(text, MASK);
        assertEquals("path /****/a in one request", message.english());
        assertEquals("Pfad /****/a in einer Anfrage", message.in(Locale.GERMAN));
        assertFalse(JSON.writeValueAsString(message).contains("s3cr3t"));
    }

    /** A console masks a secret that a number or several arguments make up. */
    @Test
    void secretThatIsNoStringIsMaskedInEnglish() throws Exception {
        LocalizedText text = LocalizedText.of("path.several", 4711);
        ReportMessage message = reread(ReportMessage.of(text, line -> line.replace("4,711 path", "****")));
        assertEquals("****s", message.english());
        assertEquals("****s", message.in(Locale.GERMAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"english\":\"done\"}",
                "{\"english\":\"done\",\"format\":null}",
                "{\"english\":\"done\",\"format\":[]}",
                "{\"english\":\"done\",\"format\":[[]]}",
                "{\"english\":\"done\",\"format\":[7]}",
                "{\"english\":\"done\",\"format\":[\"of.another.version\",\"a\"]}",
                "{\"english\":\"done\",\"format\":[\"path.several\",\"a\"]}",
                "{\"english\":\"done\",\"format\":[\"path.several\"]}",
                "{\"english\":\"done\",\"format\":[\"path.one\",[\"of.another.version\"]]}",
                "{\"english\":\"done\",\"format\":[\"path.one\",[]]}"
            })
    void textThatIsNotKnownIsShownInEnglish(String json) throws Exception {
        ReportMessage message = JSON.readValue(json, ReportMessage.class);
        assertEquals("done", message.in(Locale.GERMAN));
        assertEquals("done", message.in(Locale.ROOT));
    }

    private static ReportMessage reread(ReportMessage message) throws Exception {
        return JSON.readValue(JSON.writeValueAsString(message), ReportMessage.class);
    }
}
