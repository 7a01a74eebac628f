package io.jenkins.plugins.cachepurge.forms;

import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/** Fields for numbers in a submitted form. */
public final class EmptyFormNumbers {

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, Integer.class);

    private EmptyFormNumbers() {}

    /**
     * Removes the fields that are empty, so that the default remains. Jenkins would set them to 0.
     *
     * @param type of what the form describes
     */
    public static void removeEmpty(Class<?> type, JSONObject form) {
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            String name = parameter.getName();
            if (NUMBERS.contains(parameter.getErasedType())
                    && form.optString(name, "-").isBlank()) {
                form.remove(name);
            }
        }
    }
}
