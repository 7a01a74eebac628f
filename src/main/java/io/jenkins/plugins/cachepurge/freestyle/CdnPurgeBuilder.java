package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Purge CDN cache" as a build step. */
public final class CdnPurgeBuilder extends OperationBuilder<CdnPurgeStep> {

    @DataBoundConstructor
    public CdnPurgeBuilder(CdnPurgeStep step) {
        super(step);
    }

    @Extension
    @Symbol("purgeCdn")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(CdnPurgeStep.class, LocalizedText.of("step.cdnPurge"));
        }
    }
}
