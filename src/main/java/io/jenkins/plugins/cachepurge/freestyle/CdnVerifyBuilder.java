package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.CdnVerifyStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Verify pages" as a build step. */
public final class CdnVerifyBuilder extends OperationBuilder<CdnVerifyStep> {

    @DataBoundConstructor
    public CdnVerifyBuilder(CdnVerifyStep step) {
        super(step);
    }

    @Extension
    @Symbol("verifyPages")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(CdnVerifyStep.class, LocalizedText.of("step.cdnVerify"));
        }
    }
}
