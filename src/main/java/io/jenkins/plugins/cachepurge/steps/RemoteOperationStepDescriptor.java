package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Input;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of all steps have in common. */
public abstract class RemoteOperationStepDescriptor extends StepDescriptor {

    /** The timeout of a step that names none, in seconds. */
    public abstract int getDefaultTimeout();

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return new FormAccess(item).number("timeout", value, 1, Input.LONGEST_TIMEOUT_SECONDS);
    }
}
