package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Base of the descriptors of all steps. */
public abstract class OperationStepDescriptor extends StepDescriptor {

    /** The timeout of a step that names none, in seconds. */
    public abstract int getDefaultTimeout();

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return new JobForm(item).checkNumber("timeout", value, 1, InputField.MAX_TIMEOUT_SECONDS);
    }
}
