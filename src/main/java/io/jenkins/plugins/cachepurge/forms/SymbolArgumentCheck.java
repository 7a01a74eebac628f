package io.jenkins.plugins.cachepurge.forms;

import hudson.model.Describable;
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
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** An argument that must be written with a symbol and parentheses, such as a CDN. */
record SymbolArgumentCheck(DescribableParameter parameter) {

    private static final String CLASS = "$class";

    /** So Groovy writes a CDN as a text, for example where only texts can be kept. */
    private static final String SYMBOL_AS_TEXT = "@";

    /** Parameters that say too little to be the only one of an example. */
    private static final Set<String> NO_EXAMPLES = Set.of("credentialsId");

    /**
     * The argument, if Jenkins can use it. A map has the name of a class, as scripts were written before there were symbols.
     *
     * @throws InvalidInputException that says how it is written
     */
    Object checked(Object value) {
        if (parameter.getErasedType().isInstance(value) || value instanceof Map<?, ?> map && hasClass(map.get(CLASS))) {
            return value;
        }
        throw new InvalidInputException(parameter.getName(), advice(value));
    }

    /**
     * The same for an argument with a symbol that is none of the parameter, which Jenkins would tell with a stack trace.
     *
     * @throws InvalidInputException that says how it is written
     */
    UninstantiatedDescribable checkedSymbol(UninstantiatedDescribable value) {
        if (value.getSymbol() == null ? hasClass(value.getKlass()) : !isDescribable()) {
            return value;
        }
        throw new InvalidInputException(
                parameter.getName(),
                other(value.getSymbol() == null ? value.getKlass() : value.getSymbol() + "(\u2026)"));
    }

    /** @param written in the Jenkinsfile, of another kind */
    private LocalizedText other(String written) {
        return LocalizedText.of("describable.type", example(""), PrintableText.quote(written));
    }

    private boolean isDescribable() {
        return Describable.class.isAssignableFrom(parameter.getErasedType());
    }

    /** As Jenkins names them: with the package, or without it. */
    private boolean hasClass(Object name) {
        return models(parameter.getType())
                .map(DescribableModel::getType)
                .anyMatch(type ->
                        type.getName().equals(name) || type.getSimpleName().equals(name));
    }

    private LocalizedText advice(Object value) {
        if (value instanceof Collection<?> || value instanceof Object[]) {
            return LocalizedText.of("describable.list");
        }
        if (value instanceof Map<?, ?> map && map.containsKey(CLASS)) {
            return other(String.valueOf(map.get(CLASS)));
        }
        if (!(value instanceof CharSequence)) {
            return LocalizedText.of(
                    "describable.otherType", example(""), value.getClass().getSimpleName());
        }
        String text = PrintableText.quote(value.toString());
        if (text.startsWith(SYMBOL_AS_TEXT)) {
            return LocalizedText.of("describable.asText", text);
        }
        return text.contains("(")
                ? LocalizedText.of("describable.quotes", text)
                : LocalizedText.of("describable.type", example(text), text);
    }

    /** The symbols that the argument may have; none if it is no such parameter. */
    Stream<String> symbols() {
        return isDescribable() ? models(parameter.getType()).flatMap(model -> symbol(model).stream()) : Stream.of();
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
