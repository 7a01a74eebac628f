package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Run scheduled Buddy execution" as a post-build action. */
public final class BuddyRunScheduledPublisher extends OperationPublisher<BuddyRunScheduledBuilder> {

    @DataBoundConstructor
    public BuddyRunScheduledPublisher(BuddyRunScheduledBuilder builder) {
        super(builder);
    }

    @Extension
    @Symbol("runBuddyExecution")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(BuddyRunScheduledBuilder.class, LocalizedText.of("step.buddyRunScheduled"));
        }
    }
}
