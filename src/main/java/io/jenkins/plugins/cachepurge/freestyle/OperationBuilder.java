package io.jenkins.plugins.cachepurge.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.OperationStep;
import io.jenkins.plugins.cachepurge.steps.OperationStepDescriptor;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Build step that runs a Pipeline step.
 *
 * @param <S> the step, which declares the parameters
 */
public abstract class OperationBuilder<S extends OperationStep> extends Builder {

    private final S step;
    private WhenFailed whenFailed;

    /** @param step null if a config.xml has none, with which a build fails */
    protected OperationBuilder(S step) {
        this.step = step;
    }

    public S getStep() {
        return step;
    }

    public WhenFailed getWhenFailed() {
        return whenFailed == null ? WhenFailed.FAILURE : whenFailed;
    }

    @DataBoundSetter
    public void setWhenFailed(WhenFailed whenFailed) {
        this.whenFailed = whenFailed;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        if (step == null) {
            throw new AbortException("step: is required; config.xml has none, or one without its class");
        }
        return new OperationRunner(build, listener).perform(step, getWhenFailed());
    }

    /** Base of the descriptors; their form is that of the step. */
    public abstract static class DescriptorBase extends BuildStepDescriptor<Builder> {

        private final Class<? extends OperationStep> step;
        private final LocalizedText name;

        protected DescriptorBase(Class<? extends OperationStep> step, LocalizedText name) {
            this.step = step;
            this.name = name;
        }

        public OperationStepDescriptor getStepDescriptor() {
            return (OperationStepDescriptor) Jenkins.get().getDescriptorOrDie(step);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return name.in(LocaleProvider.getLocale());
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
