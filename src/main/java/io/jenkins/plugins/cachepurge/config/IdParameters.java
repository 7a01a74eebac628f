package io.jenkins.plugins.cachepurge.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;

/**
 * For descriptors with parameters that name something by its id: a Jenkinsfile may give it as a number, as services show
 * it, or as a text, as it comes from a variable.
 */
public interface IdParameters extends CustomDescribableModel {

    @NonNull
    @Override
    default Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        Map<String, Object> texts = new TreeMap<>(arguments);
        texts.replaceAll((name, value) -> name.endsWith("Id") && value instanceof Number ? value.toString() : value);
        return texts;
    }
}
