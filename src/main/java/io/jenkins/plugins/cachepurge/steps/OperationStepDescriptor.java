package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.forms.EmptyFormNumbers;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.ScriptArguments;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Base of the descriptors of all steps. */
public abstract class OperationStepDescriptor extends StepDescriptor implements CustomDescribableModel {

    /** Its name in forms and on pages, such as "Purge CDN cache". */
    public abstract LocalizedText name();

    @NonNull
    @Override
    public final String getDisplayName() {
        return name().in(LocaleProvider.getLocale());
    }

    /** The timeout of a step that names none, in seconds. */
    public abstract int getDefaultTimeout();

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** Parameters that say what a step does and where, in their order, for views of a Pipeline. */
    protected abstract List<String> parametersInViews();

    @CheckForNull
    @Override
    public final String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        return PipelineViewText.of(namedArgs, parametersInViews()).orElse(null);
    }

    /** Converts the arguments of a Jenkinsfile; an argument that cannot be used is one line of the console. */
    @NonNull
    @Override
    public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        try {
            return ScriptArguments.of(getFunctionName(), clazz).converted(arguments);
        } catch (InvalidInputException e) {
            throw unchecked(new AbortException(e.getMessage()));
        }
    }

    /** The interface declares no exception, but Pipeline prints every other one with its stack trace. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(AbortException failure) throws E {
        throw (E) failure;
    }

    /** An empty field for a number stands for the default. */
    @Override
    public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
        EmptyFormNumbers.removeEmpty(clazz, form);
        return super.newInstance(req, form);
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return new JobForm(item).checkNumber("timeout", value, 1, InputField.MAX_TIMEOUT_SECONDS);
    }
}
