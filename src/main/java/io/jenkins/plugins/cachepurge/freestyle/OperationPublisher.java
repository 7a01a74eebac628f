package io.jenkins.plugins.cachepurge.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Builder;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Post-build action that runs a build step, after the actions that deploy, and only in a successful build.
 *
 * @param <B> the build step
 */
public abstract class OperationPublisher<B extends OperationBuilder<?>> extends Notifier {

    private final B builder;
    private boolean evenIfUnstable;

    /** @param builder null if a config.xml has none, with which a build fails */
    protected OperationPublisher(B builder) {
        this.builder = builder;
    }

    public B getBuilder() {
        return builder;
    }

    /** Whether it runs in a build that is unstable, too. */
    public boolean isEvenIfUnstable() {
        return evenIfUnstable;
    }

    @DataBoundSetter
    public void setEvenIfUnstable(boolean evenIfUnstable) {
        this.evenIfUnstable = evenIfUnstable;
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        Result soFar = build.getResult();
        Result worst = evenIfUnstable ? Result.UNSTABLE : Result.SUCCESS;
        if (soFar != null && soFar.isWorseThan(worst)) {
            listener.getLogger()
                    .printf(
                            "\"%s\" does not run, since the build is %s%n",
                            getDescriptor().getDisplayName(), soFar);
            return true;
        }
        if (builder == null) {
            throw new AbortException("builder: is required; config.xml has none, or one without its class");
        }
        return builder.perform(build, launcher, listener);
    }

    /** Base of the descriptors; their form is that of the build step. */
    public abstract static class DescriptorBase extends BuildStepDescriptor<Publisher> {

        private final Class<? extends Builder> builder;
        private final LocalizedText name;

        protected DescriptorBase(Class<? extends Builder> builder, LocalizedText name) {
            this.builder = builder;
            this.name = name;
        }

        public Descriptor<?> getBuilderDescriptor() {
            return Jenkins.get().getDescriptorOrDie(builder);
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
