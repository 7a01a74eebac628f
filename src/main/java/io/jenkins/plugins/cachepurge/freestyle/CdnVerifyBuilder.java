package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.steps.CdnVerifyStep;
import io.jenkins.plugins.cachepurge.steps.Messages;
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
            super(CdnVerifyStep.class, Messages._CdnVerifyStep_displayName());
        }
    }
}
