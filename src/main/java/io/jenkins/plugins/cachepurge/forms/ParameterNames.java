package io.jenkins.plugins.cachepurge.forms;

import hudson.util.EditDistance;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * Names of the parameters of a step or CDN.
 *
 * @param owner the step or CDN as it is written in a Jenkinsfile
 * @param symbols parameters by the symbols that their arguments may have, such as "cdn" by "fastly"
 */
record ParameterNames(String owner, List<String> names, Map<String, String> symbols) {

    static ParameterNames of(String owner, DescribableModel<?> model) {
        return new ParameterNames(
                owner,
                model.getParameters().stream()
                        .map(DescribableParameter::getName)
                        .toList(),
                symbols(model));
    }

    private static Map<String, String> symbols(DescribableModel<?> model) {
        Map<String, String> symbols = new HashMap<>();
        model.getParameters()
                .forEach(parameter -> new SymbolArgumentCheck(parameter)
                        .symbols()
                        .forEach(symbol -> symbols.put(symbol, parameter.getName())));
        return symbols;
    }

    /** The problem of a name that is none of these. It names a similar one, or all if there is none. */
    InvalidInputException unknown(String name) {
        if (symbols.containsKey(name)) {
            return new InvalidInputException(
                    name, LocalizedText.of("parameter.symbol", owner, symbols.get(name), name));
        }
        return new InvalidInputException(
                name,
                similar(name)
                        .map(similar -> LocalizedText.of("parameter.unknown", owner, similar))
                        .orElseGet(() -> LocalizedText.of("parameter.other", owner, String.join(", ", names))));
    }

    private Optional<String> similar(String name) {
        return names.stream()
                .filter(each -> contains(each, name) || contains(name, each))
                .findFirst()
                .or(() -> Optional.ofNullable(EditDistance.findNearest(name, names))
                        .filter(nearest -> EditDistance.editDistance(name, nearest) <= Math.max(1, name.length() / 4)));
    }

    private static boolean contains(String whole, String part) {
        return whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
