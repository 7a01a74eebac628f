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
 * @param owners whose form it is, the innermost first; their texts are in the properties beside their Jelly files, with the
 *     fields' names as keys
 */
public record FieldLabels(List<Class<?>> owners) {

    /** The Jelly files with fields, of a class and those that it extends. */
    private static final List<String> PAGES =
            List.of("config", "token", "apiUrl", "pipeline", "limits", "route", "timeout");

    /** Labels of the fields of one class. */
    public FieldLabels(Class<?> owner) {
        this(List.of(owner));
    }

    /** The message, which begins with the field's label, or with its name if the form has no label of it. */
    public String message(InvalidInputException problem, Locale language) {
        String field = problem.field();
        // A script may give one value where a form has a list.
        String label =
                label(field, language).or(() -> label(field + "s", language)).orElse(field);
        return "%s: %s".formatted(label, problem.reason(language));
    }

    private Optional<String> label(String field, Locale language) {
        return owners.stream()
                .flatMap(owner -> texts(owner, language))
                .filter(texts -> texts.containsKey(field))
                .map(texts -> texts.getString(field))
                .findFirst();
    }

    /** Those of a class and of all that it extends, which may be of another plugin. */
    private static Stream<ResourceBundle> texts(Class<?> owner, Locale language) {
        return Stream.<Class<?>>iterate(owner, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> PAGES.stream().map(page -> type.getName() + "." + page))
                .flatMap(page -> texts(page, language, owner.getClassLoader()).stream());
    }

    private static Optional<ResourceBundle> texts(String page, Locale language, ClassLoader loader) {
        try {
            Control control = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
            return Optional.of(ResourceBundle.getBundle(page, language, loader, control));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}
