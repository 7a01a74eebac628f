package io.jenkins.plugins.cachepurge.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.AtomicType;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Arguments of a Jenkinsfile for a step or CDN, converted to the types of its parameters: a number to a text, and what
 * stands for a list to a list. Without that, Jenkins fails with a stack trace.
 *
 * @param owner the step or CDN as it is written in a Jenkinsfile
 */
public record ScriptArguments(String owner, DescribableModel<?> model) {

    /** Null would purge where only a look was asked for: an environment variable that is not set, or misspelled. */
    private static final String DRY_RUN = "dryRun";

    private static final BigDecimal LEAST = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    /**
     * Arguments for a step or CDN.
     *
     * @param owner as it is written in a Jenkinsfile, such as "cdnPurge"
     */
    public static ScriptArguments of(String owner, Class<?> type) {
        return new ScriptArguments(owner, DescribableModel.of(type));
    }

    /**
     * The arguments that Jenkins can use; those of a nested CDN are converted, too.
     *
     * @throws InvalidInputException naming a parameter that does not exist, or whose argument cannot be converted
     */
    public Map<String, Object> converted(Map<String, ?> arguments) {
        arguments.keySet().forEach(name -> checkExists(name, arguments));
        if (arguments.containsKey(DRY_RUN) && arguments.get(DRY_RUN) == null) {
            throw new InvalidInputException(DRY_RUN, LocalizedText.of("boolean.type", "null"));
        }
        Map<String, Object> converted = new HashMap<>(arguments);
        converted.entrySet().removeIf(entry -> entry.getValue() == null && isDefaultForNull(entry.getKey()));
        converted.replaceAll((name, value) -> value == null
                ? null
                : parameter(name).map(parameter -> convert(parameter, value)).orElse(value));
        return converted;
    }

    /** Jenkins only warns in a scripted Pipeline, and a misspelled dryRun would purge. */
    private void checkExists(String name, Map<String, ?> arguments) {
        if (name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            checkTakesOneWithoutName();
        } else if (!name.startsWith("$") && model.getParameter(name) == null) {
            throw arguments.entrySet().stream()
                    .flatMap(argument -> nested(argument.getKey(), argument.getValue()).stream())
                    .filter(inside -> inside.model.getParameter(name) != null)
                    .findFirst()
                    .map(inside -> new InvalidInputException(name, LocalizedText.of("parameter.inside", inside.owner)))
                    .orElseGet(() -> ParameterNames.of(owner, model).unknown(name));
        }
    }

    private void checkTakesOneWithoutName() {
        if (model.getSoleRequiredParameter() == null) {
            DescribableParameter example = model.getParameters().stream()
                    .filter(DescribableParameter::isRequired)
                    .findFirst()
                    .orElseGet(() -> model.getParameters().iterator().next());
            throw new InvalidInputException(owner, LocalizedText.of("parameter.unnamed", owner, example.getName()));
        }
    }

    private Optional<DescribableParameter> parameter(String name) {
        return Optional.ofNullable(
                name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)
                        ? model.getSoleRequiredParameter()
                        : model.getParameter(name));
    }

    /** A parameter whose type has no null, which then stands for its default. */
    private boolean isDefaultForNull(String name) {
        return parameter(name)
                .filter(parameter -> parameter.getErasedType().isPrimitive() || isListOfTexts(parameter))
                .isPresent();
    }

    private Object convert(DescribableParameter parameter, Object value) {
        Class<?> type = parameter.getErasedType();
        if (value instanceof UninstantiatedDescribable nested) {
            return convert(parameter, nested);
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
        return Describable.class.isAssignableFrom(type) ? new SymbolArgumentCheck(parameter).checked(value) : value;
    }

    private UninstantiatedDescribable convert(DescribableParameter parameter, UninstantiatedDescribable nested) {
        if (parameter.getErasedType() == String.class) {
            throw new InvalidInputException(
                    parameter.getName(), LocalizedText.of("text.describable", nested.getSymbol()));
        }
        Descriptor<?> descriptor = descriptor(parameter.getErasedType(), nested);
        if (descriptor == null) {
            return new SymbolArgumentCheck(parameter).checkedSymbol(nested);
        }
        ScriptArguments inside = of(nested.getSymbol(), descriptor.clazz);
        checkPlaces(nested, inside);
        // A CDN knows its arguments better: some take a map for a list.
        return nested.withArguments(
                descriptor instanceof CustomDescribableModel own
                        ? own.customInstantiate(new HashMap<>(nested.getArguments()))
                        : inside.converted(nested.getArguments()));
    }

    /** What was written inside of the parentheses of a CDN, but belongs to the step. */
    private void checkPlaces(UninstantiatedDescribable nested, ScriptArguments inside) {
        nested.getArguments().keySet().stream()
                .filter(name -> inside.model.getParameter(name) == null && model.getParameter(name) != null)
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException(name, LocalizedText.of("parameter.outside", owner, inside.owner));
                });
    }

    /** Those of a CDN that is an argument. */
    private Optional<ScriptArguments> nested(String name, Object argument) {
        return argument instanceof UninstantiatedDescribable nested
                ? parameter(name)
                        .map(parameter -> descriptor(parameter.getErasedType(), nested))
                        .map(descriptor -> of(nested.getSymbol(), descriptor.clazz))
                : Optional.empty();
    }

    @CheckForNull
    private static Descriptor<?> descriptor(Class<?> type, UninstantiatedDescribable nested) {
        return nested.getSymbol() == null ? null : SymbolLookup.get().findDescriptor(type, nested.getSymbol());
    }

    private static boolean isListOfTexts(DescribableParameter parameter) {
        return parameter.getType() instanceof ArrayType array
                && array.getElementType() instanceof AtomicType element
                && element.getType() == String.class;
    }

    private String text(String name, Object value) {
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character) {
            return value.toString();
        }
        String several = name + "s";
        boolean hasList = model.getParameter(several) != null && isListOfTexts(model.getParameter(several));
        throw new InvalidInputException(
                name,
                hasList && value instanceof Collection<?>
                        ? LocalizedText.of("text.several", several)
                        : LocalizedText.of("text.type", value.getClass().getSimpleName()));
    }

    /** Also a text, as parameters of a build and environment variables are. */
    private static int number(String name, Object value) {
        try {
            BigDecimal number = new BigDecimal(value.toString().trim());
            if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0) {
                throw new InvalidInputException(
                        name, LocalizedText.of("number.tooLarge", PrintableText.quote(value.toString())));
            }
            return number.intValueExact();
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
}
