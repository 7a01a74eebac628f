package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyExecutionResult;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyScheduledRun;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code buddyRunScheduled}: starts at once a Buddy execution that was scheduled for later.
 *
 * @see <a href="https://buddy.works/docs/api/executions/cancel-retry-approve">Buddy: RUN_DELAYED</a>
 */
public final class BuddyRunScheduledStep extends BuddyStep {

    private static final long serialVersionUID = 1L;

    private final String executionId;

    /** Null for the default, as in a config.xml without it. */
    private Boolean wait;

    private boolean cancelOnAbort;

    @DataBoundConstructor
    public BuddyRunScheduledStep(
            String credentialsId, String workspace, String project, Object pipelineId, Object executionId) {
        super(credentialsId, workspace, project, pipelineId, DescriptorImpl.DEFAULT_TIMEOUT);
        this.executionId = Objects.toString(executionId, null);
    }

    /** A number of 1 or more. */
    public String getExecutionId() {
        return executionId;
    }

    /** Whether to wait for the execution's end. */
    public boolean isWait() {
        return wait == null || wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Whether to cancel the execution when the build is aborted or the time is up. */
    public boolean isCancelOnAbort() {
        return cancelOnAbort;
    }

    @DataBoundSetter
    public void setCancelOnAbort(boolean cancelOnAbort) {
        this.cancelOnAbort = cancelOnAbort;
    }

    @Override
    public PreparedOperation<BuddyExecutionResult> prepare(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        BuddyScheduledRun run = new BuddyScheduledRun(
                new BuddyClient(endpoint.url()),
                pipeline(context),
                BuddyScheduledRun.executionId(context.expand(executionId)),
                isWait(),
                cancelOnAbort);
        return new PreparedOperation<>(run.operation(), endpoint, checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends DescriptorBase {

        private static final int DEFAULT_TIMEOUT = 3600;

        @Override
        protected List<String> parametersInViews() {
            return List.of("workspace", "project", "pipelineId", "executionId");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "buddyRunScheduled";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.buddyRunScheduled");
        }

        @POST
        public FormValidation doCheckExecutionId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> BuddyScheduledRun.executionId(value));
        }
    }
}
