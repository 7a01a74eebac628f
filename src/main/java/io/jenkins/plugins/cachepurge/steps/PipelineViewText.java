package io.jenkins.plugins.cachepurge.steps;

import static org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable.ANONYMOUS_KEY;

import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Arguments of a step as a short text, for views of a Pipeline: what is done, and where. Credentials, headers and bodies are
 * not in it, nor what a URL has besides host and path.
 */
final class PipelineViewText {

    private static final int MAX_LENGTH = 100;
    private static final String CREDENTIALS = "credentialsId";

    /** Optional parameters that say where something is. */
    private static final List<String> PLACES = List.of("cpCodes", "pullZoneId", "url", "urls", "dir");

    private PipelineViewText() {}

    /**
     * A text such as "site www, paths: 3".
     *
     * @param arguments of a Jenkinsfile; values that Pipeline has not stored are left out
     * @param shown the parameters in it, in their order
     * @return empty if none of them is given
     */
    static Optional<String> of(Map<String, Object> arguments, List<String> shown) {
        String text = shown.stream()
                .flatMap(name -> part(name, arguments.get(name)).stream())
                .collect(Collectors.joining(", "));
        return Optional.of(text).filter(each -> !each.isEmpty()).map(each -> PrintableText.cut(each, MAX_LENGTH));
    }

    private static Optional<String> part(String name, Object value) {
        if (value instanceof UninstantiatedDescribable describable) {
            return Optional.of(describable(describable));
        }
        if (Boolean.TRUE.equals(value)) {
            return Optional.of(name);
        }
        return value(value).map(text -> name + ": " + text);
    }

    private static Optional<String> value(Object value) {
        if (value instanceof Object[] array) {
            return value(Arrays.asList(array));
        }
        if (value instanceof Collection<?> all) {
            return all.size() == 1 ? value(all.iterator().next()) : Optional.of(Integer.toString(all.size()));
        }
        boolean plain = value instanceof CharSequence || value instanceof Number;
        return plain ? Optional.of(withoutSecrets(value.toString())) : Optional.empty();
    }

    /** Of a URL the host and the path; of any other text what is before a query. */
    private static String withoutSecrets(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() == null ? beforeQuery(text) : url.getHost() + Objects.toString(url.getPath(), "");
        } catch (URISyntaxException e) {
            return beforeQuery(text);
        }
    }

    private static String beforeQuery(String text) {
        return text.split("[?#\n]", 2)[0];
    }

    /** Its symbol, and the last of the parameters that say where: the narrowest. */
    private static String describable(UninstantiatedDescribable describable) {
        String symbol = Objects.toString(describable.getSymbol(), "");
        return Stream.concat(Stream.concat(PLACES.stream(), required(symbol)), Stream.of(ANONYMOUS_KEY))
                .flatMap(name -> value(describable.getArguments().get(name)).stream())
                .reduce((first, second) -> second)
                .map(text -> symbol + " " + text)
                .orElse(symbol);
    }

    private static Stream<String> required(String symbol) {
        return Jenkins.get().getDescriptorList(CdnProvider.class).stream()
                .map(CdnProviderDescriptor.class::cast)
                .filter(descriptor -> descriptor.symbolName().equals(symbol))
                .flatMap(descriptor -> DescribableModel.of(descriptor.clazz).getParameters().stream())
                .filter(DescribableParameter::isRequired)
                .map(DescribableParameter::getName)
                .filter(name -> !name.equals(CREDENTIALS));
    }
}
