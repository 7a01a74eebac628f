package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Clear Feldera pipeline storage" as a post-build action. */
public final class PipelineClearStoragePublisher extends OperationPublisher<PipelineClearStorageBuilder> {

    @DataBoundConstructor
    public PipelineClearStoragePublisher(PipelineClearStorageBuilder builder) {
        super(builder);
    }

    @Extension
    @Symbol("clearFelderaStorage")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(PipelineClearStorageBuilder.class, LocalizedText.of("step.pipelineClearStorage"));
        }
    }
}
