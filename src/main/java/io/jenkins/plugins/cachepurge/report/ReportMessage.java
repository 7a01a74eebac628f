package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;

/**
 * Message about an operation: in English for the REST API, in the language of its reader on a page. Immutable, and saved as
 * JSON.
 *
 * @param english one line without secrets
 * @param format the key of a {@link LocalizedText} and its arguments; lists among these are texts as well. Empty if there is
 *     only English
 */
public record ReportMessage(String english, List<Object> format) {

    private static final String ENGLISH = "english";
    private static final String FORMAT = "format";

    /** No message yet. */
    static final ReportMessage NONE = new ReportMessage("", List.of());

    @JsonCreator
    public ReportMessage(@JsonProperty(ENGLISH) String english, @JsonProperty(FORMAT) List<Object> format) {
        this.english = english;
        this.format = format == null ? List.of() : List.copyOf(format);
    }

    private record Translatable(
            @JsonProperty(ENGLISH) String english,
            @JsonProperty(FORMAT) List<Object> format) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ReportMessage inEnglish(String text) {
        return new ReportMessage(text, List.of());
    }

    /** Its form as JSON: a string if there is only English. */
    @JsonValue
    Object json() {
        return format.isEmpty() ? english : new Translatable(english, format);
    }

    /**
     * A message without secrets. One whose secret is not in a single argument is kept in English only.
     *
     * @param cleaner masks the secrets that the console masks
     */
    static ReportMessage of(LocalizedText text, UnaryOperator<String> cleaner) {
        LocalizedText cleaned = text.withStrings(cleaner);
        String english = cleaner.apply(cleaned.toString());
        boolean translatable = cleaned.key() != null && english.equals(cleaned.toString());
        return new ReportMessage(english, translatable ? format(cleaned) : List.of());
    }

    private static List<Object> format(LocalizedText text) {
        return Stream.concat(Stream.of(text.key()), text.arguments().stream().map(ReportMessage::plain))
                .toList();
    }

    private static Object plain(Serializable argument) {
        if (argument instanceof LocalizedText text) {
            return text.key() == null ? text.toString() : format(text);
        }
        return argument;
    }

    private static LocalizedText text(List<?> format) {
        Object key = format.isEmpty() ? "" : format.get(0);
        Object[] arguments = format.stream()
                .skip(1)
                .map(argument -> argument instanceof List<?> text ? text(text) : argument)
                .toArray();
        return LocalizedText.of(key.toString(), arguments);
    }

    /** In the language of who looks at the page; in English if there is no translation, or its key is of another version. */
    public String getShown() {
        return in(LocaleProvider.getLocale());
    }

    String in(Locale language) {
        if (!isTranslatedTo(language)) {
            return english;
        }
        try {
            return text(format).in(language);
        } catch (MissingResourceException | IllegalFormatException e) {
            return english;
        }
    }

    private boolean isTranslatedTo(Locale language) {
        return !format.isEmpty() && text(format).isTranslatedTo(language);
    }

    /** The attribute {@code lang} of an English message on a page in another language; else null. */
    @CheckForNull
    public String getLang() {
        Locale language = LocaleProvider.getLocale();
        boolean english = language.getLanguage().equals(Locale.ENGLISH.getLanguage());
        return english || isTranslatedTo(language) ? null : Locale.ENGLISH.getLanguage();
    }
}
