package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Verify pages" as a post-build action. */
public final class CdnVerifyPublisher extends OperationPublisher<CdnVerifyBuilder> {

    @DataBoundConstructor
    public CdnVerifyPublisher(CdnVerifyBuilder builder) {
        super(builder);
    }

    @Extension
    @Symbol("verifyPages")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(CdnVerifyBuilder.class, LocalizedText.of("step.cdnVerify"));
        }
    }
}
