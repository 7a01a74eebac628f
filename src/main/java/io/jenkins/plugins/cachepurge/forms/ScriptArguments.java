package io.jenkins.plugins.cachepurge.forms;

import hudson.model.Descriptor;
import hudson.util.EditDistance;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.ListValues;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.HashMap;
import java.util.List;
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

    private static Object convert(DescribableParameter parameter, Object value) {
        if (value instanceof UninstantiatedDescribable nested) {
            return convert(parameter.getErasedType(), nested);
        }
        if (parameter.getErasedType() == String.class) {
            return text(parameter.getName(), value);
        }
        return isListOfTexts(parameter) ? ListValues.of(parameter.getName(), value) : value;
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
}
