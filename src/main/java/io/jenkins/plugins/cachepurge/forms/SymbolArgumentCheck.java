package io.jenkins.plugins.cachepurge.forms;

import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.HeterogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.HomogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.ParameterType;

/** An argument that must be written with a symbol and parentheses, such as a CDN. */
record SymbolArgumentCheck(DescribableParameter parameter) {

    /** Parameters that say too little to be the only one of an example. */
    private static final Set<String> NO_EXAMPLES = Set.of("credentialsId");

    /**
     * The argument, if Jenkins can use it. A map has the name of a class, as scripts were written before there were symbols.
     *
     * @throws InvalidInputException that says how it is written
     */
    Object checked(Object value) {
        if (parameter.getErasedType().isInstance(value)
                || value instanceof Map<?, ?> map && map.containsKey("$class")) {
            return value;
        }
        throw new InvalidInputException(parameter.getName(), advice(value));
    }

    private LocalizedText advice(Object value) {
        if (value instanceof Collection<?> || value instanceof Object[]) {
            return LocalizedText.of("describable.list");
        }
        if (!(value instanceof CharSequence)) {
            return LocalizedText.of(
                    "describable.otherType", example(""), value.getClass().getSimpleName());
        }
        String text = PrintableText.quote(value.toString());
        return text.contains("(")
                ? LocalizedText.of("describable.quotes", text)
                : LocalizedText.of("describable.type", example(text), text);
    }

    /** Such as "site('www')" or "fastly(…)". */
    private String example(String text) {
        List<DescribableModel<?>> models = models(parameter.getType()).toList();
        Stream<String> named =
                models.stream().flatMap(model -> symbol(model).stream()).filter(text::equals);
        Stream<String> taking = models.stream()
                .filter(SymbolArgumentCheck::takesText)
                .flatMap(model -> symbol(model).stream())
                .map(symbol -> text.isEmpty() ? symbol + "(…)" : "%s('%s')".formatted(symbol, text));
        return Stream.concat(named.map(symbol -> symbol + "(…)"), taking)
                .findFirst()
                .orElseGet(() -> parameter.getErasedType().getSimpleName());
    }

    private static boolean takesText(DescribableModel<?> model) {
        DescribableParameter sole = model.getSoleRequiredParameter();
        return sole != null && sole.getErasedType() == String.class && !NO_EXAMPLES.contains(sole.getName());
    }

    private static Optional<String> symbol(DescribableModel<?> model) {
        return SymbolLookup.getSymbolValue(model.getType()).stream().findFirst();
    }

    private static Stream<DescribableModel<?>> models(ParameterType type) {
        if (type instanceof HeterogeneousObjectType several) {
            return several.getTypes().values().stream()
                    .sorted(Comparator.comparing(model -> symbol(model).orElse("")))
                    .map(model -> model);
        }
        return type instanceof HomogeneousObjectType one ? Stream.of(one.getSchemaType()) : Stream.empty();
    }
}
