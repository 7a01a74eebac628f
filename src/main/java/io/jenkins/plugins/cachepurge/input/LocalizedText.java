package io.jenkins.plugins.cachepurge.input;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Message for people: in English for the console, in the language of the user for a form or page.
 *
 * @param key of {@code LocalizedText.properties}; null for a text that there is in one language only, which is then the only
 *     argument
 * @param arguments of the text's format: strings, numbers, and texts, which are translated to the same language
 */
public record LocalizedText(String key, List<Serializable> arguments) implements Serializable {

    private static final String TEXTS = LocalizedText.class.getName();

    /** End of the key of a text that differs in forms. */
    private static final String FORM = ".form";

    public LocalizedText {
        arguments = List.copyOf(arguments);
    }

    /**
     * A text that can be translated.
     *
     * @param arguments of the text's format; what is no string, number or text becomes a string
     */
    public static LocalizedText of(String key, Object... arguments) {
        return new LocalizedText(
                key, Stream.of(arguments).map(LocalizedText::plain).toList());
    }

    private static Serializable plain(Object argument) {
        return argument instanceof LocalizedText || argument instanceof Number
                ? (Serializable) argument
                : String.valueOf(argument);
    }

    /** A text that is the same in each language, such as the status of a service or the failure of a request. */
    public static LocalizedText inOneLanguage(String text) {
        return new LocalizedText(null, List.of(String.valueOf(text)));
    }

    /** A list of texts, separated by commas. */
    public static LocalizedText list(Stream<LocalizedText> texts) {
        return joined("text.list", texts).orElseGet(() -> inOneLanguage(""));
    }

    /**
     * Several texts as one; empty if there are none.
     *
     * @param key of the text that joins two of them, such as "%s and %s"
     */
    public static Optional<LocalizedText> joined(String key, Stream<LocalizedText> texts) {
        return texts.reduce((all, next) -> of(key, all, next));
    }

    /** The text in a language; in English if there is no translation. */
    public String in(Locale language) {
        return key == null ? arguments.get(0).toString() : format(key, language);
    }

    /** Whether there is a translation to a language. */
    public boolean isTranslatedTo(Locale language) {
        return key != null && texts(language).getLocale().getLanguage().equals(language.getLanguage());
    }

    /** The same text with other strings as arguments, also in the texts among them. */
    public LocalizedText withStrings(UnaryOperator<String> change) {
        return new LocalizedText(
                key,
                arguments.stream().map(argument -> changed(argument, change)).toList());
    }

    private static Serializable changed(Serializable argument, UnaryOperator<String> change) {
        if (argument instanceof LocalizedText text) {
            return text.withStrings(change);
        }
        return argument instanceof String text ? change.apply(text) : argument;
    }

    /** The same for a form, which has other names than a Jenkinsfile: "Everything", not {@code all: true}. */
    String inForm(Locale language) {
        String keyOfForm = key + FORM;
        return key != null && texts(language).containsKey(keyOfForm) ? format(keyOfForm, language) : in(language);
    }

    private static ResourceBundle texts(Locale language) {
        Control control = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
        return ResourceBundle.getBundle(TEXTS, language, LocalizedText.class.getClassLoader(), control);
    }

    /** Numbers are written as in the language of the text, which is English if there is no translation. */
    private String format(String key, Locale language) {
        ResourceBundle texts = texts(language);
        Object[] translated = arguments.stream()
                .map(argument -> argument instanceof LocalizedText text ? text.in(language) : argument)
                .toArray();
        return String.format(texts.getLocale(), texts.getString(key), translated);
    }

    /** In English. */
    @Override
    public String toString() {
        return in(Locale.ROOT);
    }
}
