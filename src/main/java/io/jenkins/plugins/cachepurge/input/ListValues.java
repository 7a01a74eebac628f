package io.jenkins.plugins.cachepurge.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Values of a list parameter: given as a list, an array, a set, a text with one value per line, or a number. */
public final class ListValues {

    private ListValues() {}

    /**
     * The values, in their order. An element may be null, and is then refused where the values are checked.
     *
     * @param parameter its name as in a Jenkinsfile
     * @throws InvalidInputException if it is something else, or an element is neither a text nor a number
     */
    public static List<String> of(String parameter, Object value) {
        if (value instanceof CharSequence text) {
            return InputField.nonBlankLines(text.toString());
        }
        if (value instanceof List<?> list) {
            return texts(parameter, list);
        }
        if (value instanceof Set<?> set) {
            return texts(parameter, new ArrayList<>(set));
        }
        if (value instanceof Object[] array) {
            return texts(parameter, Arrays.asList(array));
        }
        if (value instanceof Number) {
            return List.of(value.toString());
        }
        throw new InvalidInputException(parameter, LocalizedText.of("list.type", type(value)));
    }

    private static List<String> texts(String parameter, List<?> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values) {
            texts.add(value == null ? null : text(parameter, value));
        }
        return texts;
    }

    private static String text(String parameter, Object value) {
        if (value instanceof CharSequence || value instanceof Number) {
            return value.toString();
        }
        throw new InvalidInputException(parameter, LocalizedText.of("list.elementType", type(value)));
    }

    /** A message does not quote the value, which may be long, or contain a secret. */
    private static String type(Object value) {
        return value.getClass().getSimpleName();
    }

    /**
     * The values with a build's variables replaced. A value with a variable may become several, one per line of what
     * the variable contains.
     */
    public static List<String> expanded(List<String> values, UnaryOperator<String> expand) {
        List<String> expanded = new ArrayList<>(values.size());
        for (String value : values) {
            String text = value == null ? null : expand.apply(value);
            if (text == null || text.equals(value)) {
                expanded.add(value);
            } else {
                expanded.addAll(InputField.nonBlankLines(text));
            }
        }
        return expanded;
    }
}
