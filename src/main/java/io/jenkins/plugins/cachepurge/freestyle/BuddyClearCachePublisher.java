package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Clear Buddy pipeline cache" as a post-build action. */
public final class BuddyClearCachePublisher extends OperationPublisher<BuddyClearCacheBuilder> {

    @DataBoundConstructor
    public BuddyClearCachePublisher(BuddyClearCacheBuilder builder) {
        super(builder);
    }

    @Extension
    @Symbol("clearBuddyCache")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(BuddyClearCacheBuilder.class, LocalizedText.of("step.buddyClearCache"));
        }
    }
}
