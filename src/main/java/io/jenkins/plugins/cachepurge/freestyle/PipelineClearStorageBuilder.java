package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.PipelineClearStorageStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Clear Feldera pipeline storage" as a build step. */
public final class PipelineClearStorageBuilder extends OperationBuilder<PipelineClearStorageStep> {

    @DataBoundConstructor
    public PipelineClearStorageBuilder(PipelineClearStorageStep step) {
        super(step);
    }

    @Extension
    @Symbol("clearFelderaStorage")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(PipelineClearStorageStep.class, LocalizedText.of("step.pipelineClearStorage"));
        }
    }
}
