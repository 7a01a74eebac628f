package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Purge CDN cache" as a post-build action. */
public final class CdnPurgePublisher extends OperationPublisher<CdnPurgeBuilder> {

    @DataBoundConstructor
    public CdnPurgePublisher(CdnPurgeBuilder builder) {
        super(builder);
    }

    @Extension
    @Symbol("purgeCdn")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(CdnPurgeBuilder.class, LocalizedText.of("step.cdnPurge"));
        }
    }
}
