package io.jenkins.plugins.cachepurge.input;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/** Message about a parameter: in English for the console, in the language of the user for a form. */
public final class LocalizedText {

    private static final String TEXTS = LocalizedText.class.getName();

    /** End of the key of a text that differs in forms. */
    private static final String FORM = ".form";

    /** Null for a text that its author wrote in one language only, which is then the only argument. */
    private final String key;

    private final Object[] arguments;

    private LocalizedText(String key, Object... arguments) {
        this.key = key;
        this.arguments = arguments;
    }

    /**
     * @param key of {@code LocalizedText.properties}
     * @param arguments of the text's format; a {@link LocalizedText} among them is translated to the same language
     */
    public static LocalizedText of(String key, Object... arguments) {
        return new LocalizedText(key, arguments);
    }

    static LocalizedText inOneLanguage(String text) {
        return new LocalizedText(null, text);
    }

    /** The text in a language; in English if there is no translation. */
    public String in(Locale language) {
        return key == null ? arguments[0].toString() : format(key, language);
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

    private String format(String key, Locale language) {
        String format = texts(language).getString(key);
        Object[] translated = Stream.of(arguments)
                .map(argument -> argument instanceof LocalizedText advice ? advice.in(language) : argument)
                .toArray();
        return String.format(Locale.ROOT, format, translated);
    }

    /** In English. */
    @Override
    public String toString() {
        return in(Locale.ROOT);
    }
}
