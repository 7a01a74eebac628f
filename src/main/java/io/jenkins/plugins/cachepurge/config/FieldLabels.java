package io.jenkins.plugins.cachepurge.config;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/**
 * Labels of a form's fields, for messages that a form does not show below the field.
 *
 * @param owner whose form it is; its texts are in the properties beside its Jelly files, with the fields' names as keys
 */
public record FieldLabels(Class<?> owner) {

    /** The Jelly files with fields, of a class and those that it extends. */
    private static final List<String> PAGES =
            List.of("config", "token", "apiUrl", "pipeline", "limits", "route", "timeout");

    /** The message, which begins with the field's label, or with its name if the form has no label of it. */
    public String message(InvalidInputException problem, Locale language) {
        String label = label(problem.field(), language).orElse(problem.field());
        return "%s: %s".formatted(label, problem.reason(language));
    }

    private Optional<String> label(String field, Locale language) {
        return Stream.<Class<?>>iterate(owner, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> PAGES.stream().map(page -> type.getName() + "." + page))
                .flatMap(page -> texts(page, language).stream())
                .filter(texts -> texts.containsKey(field))
                .map(texts -> texts.getString(field))
                .findFirst();
    }

    private Optional<ResourceBundle> texts(String page, Locale language) {
        try {
            Control control = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
            return Optional.of(ResourceBundle.getBundle(page, language, owner.getClassLoader(), control));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}
