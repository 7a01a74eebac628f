package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.BuddyClearCacheStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Clear Buddy pipeline cache" as a build step. */
public final class BuddyClearCacheBuilder extends OperationBuilder<BuddyClearCacheStep> {

    @DataBoundConstructor
    public BuddyClearCacheBuilder(BuddyClearCacheStep step) {
        super(step);
    }

    @Extension
    @Symbol("clearBuddyCache")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(BuddyClearCacheStep.class, LocalizedText.of("step.buddyClearCache"));
        }
    }
}
