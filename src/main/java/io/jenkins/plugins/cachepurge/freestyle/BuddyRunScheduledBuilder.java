package io.jenkins.plugins.cachepurge.freestyle;

import hudson.Extension;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.steps.BuddyRunScheduledStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** "Run scheduled Buddy execution" as a build step. */
public final class BuddyRunScheduledBuilder extends OperationBuilder<BuddyRunScheduledStep> {

    @DataBoundConstructor
    public BuddyRunScheduledBuilder(BuddyRunScheduledStep step) {
        super(step);
    }

    @Extension
    @Symbol("runBuddyExecution")
    public static final class DescriptorImpl extends DescriptorBase {
        public DescriptorImpl() {
            super(BuddyRunScheduledStep.class, LocalizedText.of("step.buddyRunScheduled"));
        }
    }
}
