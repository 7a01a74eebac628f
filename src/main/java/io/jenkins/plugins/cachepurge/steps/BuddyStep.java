package io.jenkins.plugins.cachepurge.steps;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.credentials.SecretText;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyInput;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A step that asks something of a Buddy pipeline.
 *
 * <p>Buddy's ids are numbers, but come from a variable as text. A Declarative Pipeline takes both for a parameter of the
 * type {@code Object} only.
 */
public abstract class BuddyStep extends RemoteOperationStep {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private final String workspace;
    private final String project;
    private final String pipelineId;
    private String apiUrl;

    /** @param pipelineId a text, or a number as Buddy shows it */
    protected BuddyStep(String credentialsId, String workspace, String project, Object pipelineId, int defaultTimeout) {
        super(defaultTimeout);
        this.credentialsId = credentialsId;
        this.workspace = workspace;
        this.project = project;
        this.pipelineId = Objects.toString(pipelineId, null);
    }

    /** A secret text with a personal access token. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    /** The workspace's domain. */
    public final String getWorkspace() {
        return workspace;
    }

    public final String getProject() {
        return project;
    }

    /** A number of 1 or more. */
    public final String getPipelineId() {
        return pipelineId;
    }

    /** Null for Buddy's own in the United States. */
    public final String getApiUrl() {
        return apiUrl;
    }

    @DataBoundSetter
    public final void setApiUrl(String apiUrl) {
        this.apiUrl = Util.fixEmptyAndTrim(apiUrl);
    }

    final BuddyPipelineRef pipeline(UnaryOperator<String> expand) {
        return BuddyInput.pipeline(expand.apply(workspace), expand.apply(project), expand.apply(pipelineId));
    }

    final Access access(UnaryOperator<String> expand) {
        return DescriptorBase.access(expand.apply(apiUrl), credentialsId);
    }

    /** What the descriptors of Buddy's steps have in common. */
    public abstract static class DescriptorBase extends RemoteOperationStepDescriptor {

        static ApiUrl approved(String apiUrl) {
            return CachePurgeConfiguration.get().approve(BuddyClient.SERVICE, BuddyClient.VENDOR_URLS, apiUrl);
        }

        private static Access access(String apiUrl, String credentialsId) {
            return new Access(approved(apiUrl), new SecretText(credentialsId, Authentication::bearer));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new FormAccess(item).credentials(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckWorkspace(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("workspace", value).name());
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("project", value).name());
        }

        @POST
        public FormValidation doCheckPipelineId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("pipelineId", value).id());
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> approved(value));
        }

        /** Reads the pipeline. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String workspace,
                @QueryParameter String project,
                @QueryParameter String pipelineId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                BuddyPipelineRef pipeline = BuddyInput.pipeline(workspace, project, pipelineId);
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new BuddyClient(access.url()).pipeline(pipeline),
                        access,
                        found -> Messages.BuddyStep_connected(
                                Long.toString(pipeline.pipelineId()),
                                pipeline.workspace(),
                                pipeline.project(),
                                Objects.toString(found.name(), "")));
            });
        }
    }
}
