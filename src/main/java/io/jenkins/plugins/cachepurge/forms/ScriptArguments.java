package io.jenkins.plugins.cachepurge.forms;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.EditDistance;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.AtomicType;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.HeterogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.HomogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.ParameterType;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Arguments of a Jenkinsfile for a step or CDN, converted to the types of its parameters: a number to a text, and what
 * stands for a list to a list. Without that, Jenkins fails with a stack trace.
 *
 * @param model the step or CDN
 */
public record ScriptArguments(DescribableModel<?> model) {

    /** Arguments for a step or CDN. */
    public static ScriptArguments of(Class<?> type) {
        return new ScriptArguments(DescribableModel.of(type));
    }

    /**
     * The arguments that Jenkins can use; those of a nested CDN are converted, too.
     *
     * @throws InvalidInputException naming a parameter that does not exist, or whose argument cannot be converted
     */
    public Map<String, Object> converted(Map<String, ?> arguments) {
        arguments.keySet().forEach(this::checkExists);
        Map<String, Object> converted = new HashMap<>(arguments);
        converted.entrySet().removeIf(entry -> entry.getValue() == null && isPrimitive(entry.getKey()));
        converted.replaceAll((name, value) -> value == null
                ? null
                : parameter(name).map(parameter -> convert(parameter, value)).orElse(value));
        return converted;
    }

    /** Jenkins only warns in a scripted Pipeline, and a misspelled dryRun would purge. */
    private void checkExists(String name) {
        if (name.startsWith("$") || name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            return;
        }
        List<String> names = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    name, LocalizedText.of("parameter.unknown", EditDistance.findNearest(name, names)));
        }
    }

    private Optional<DescribableParameter> parameter(String name) {
        return Optional.ofNullable(
                name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)
                        ? model.getSoleRequiredParameter()
                        : model.getParameter(name));
    }

    /** A parameter that cannot be null, which then stands for its default. */
    private boolean isPrimitive(String name) {
        return parameter(name)
                .filter(parameter -> parameter.getErasedType().isPrimitive())
                .isPresent();
    }

    private static Object convert(DescribableParameter parameter, Object value) {
        Class<?> type = parameter.getErasedType();
        if (value instanceof UninstantiatedDescribable nested) {
            return convert(type, nested);
        }
        if (type == String.class) {
            return text(parameter.getName(), value);
        }
        if (type == int.class || type == Integer.class) {
            return number(parameter.getName(), value);
        }
        if (type == boolean.class) {
            return trueOrFalse(parameter.getName(), value);
        }
        if (isListOfTexts(parameter)) {
            return ListValues.of(parameter.getName(), value);
        }
        return Describable.class.isAssignableFrom(type) ? described(parameter, value) : value;
    }

    private static UninstantiatedDescribable convert(Class<?> type, UninstantiatedDescribable nested) {
        Descriptor<?> descriptor =
                nested.getSymbol() == null ? null : SymbolLookup.get().findDescriptor(type, nested.getSymbol());
        if (descriptor == null) {
            return nested;
        }
        // A CDN knows its arguments better: some take a map for a list.
        return nested.withArguments(
                descriptor instanceof CustomDescribableModel own
                        ? own.customInstantiate(new HashMap<>(nested.getArguments()))
                        : of(descriptor.clazz).converted(nested.getArguments()));
    }

    private static boolean isListOfTexts(DescribableParameter parameter) {
        return parameter.getType() instanceof ArrayType array
                && array.getElementType() instanceof AtomicType element
                && element.getType() == String.class;
    }

    private static String text(String name, Object value) {
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character) {
            return value.toString();
        }
        throw new InvalidInputException(
                name, LocalizedText.of("text.type", value.getClass().getSimpleName()));
    }

    /** Also a text, as parameters of a build and environment variables are. */
    private static int number(String name, Object value) {
        try {
            return new BigDecimal(value.toString().trim()).intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidInputException(
                    name, LocalizedText.of("number.type", PrintableText.quote(value.toString())));
        }
    }

    private static boolean trueOrFalse(String name, Object value) {
        return switch (value.toString().trim()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidInputException(
                        name, LocalizedText.of("boolean.type", PrintableText.quote(value.toString())));
        };
    }

    /** A map has the name of a class, as scripts were written before there were symbols. */
    private static Object described(DescribableParameter parameter, Object value) {
        Class<?> type = parameter.getErasedType();
        if (type.isInstance(value) || value instanceof Map<?, ?>) {
            return value;
        }
        List<String> symbols = symbols(parameter.getType()).sorted().toList();
        String symbol = symbols.contains(value.toString())
                ? value.toString()
                : symbols.stream().findFirst().orElse(type.getSimpleName());
        throw new InvalidInputException(
                parameter.getName(),
                LocalizedText.of("describable.type", symbol, PrintableText.quote(value.toString())));
    }

    private static Stream<String> symbols(ParameterType type) {
        Stream<DescribableModel<?>> models = Stream.empty();
        if (type instanceof HeterogeneousObjectType several) {
            models = several.getTypes().values().stream().map(model -> model);
        } else if (type instanceof HomogeneousObjectType one) {
            models = Stream.of(one.getSchemaType());
        }
        return models.flatMap(model -> SymbolLookup.getSymbolValue(model.getType()).stream());
    }
}
