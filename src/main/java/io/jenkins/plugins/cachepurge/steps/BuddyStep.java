package io.jenkins.plugins.cachepurge.steps;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyPipelineRef;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.util.Objects;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Step for a Buddy pipeline.
 *
 * <p>Buddy's ids are numbers, but a variable has text. A Declarative Pipeline accepts both only for a parameter of the
 * type {@code Object}.
 */
public abstract class BuddyStep extends OperationStep {

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

    final BuddyPipelineRef pipeline(BuildContext context) {
        return BuddyPipelineRef.parse(context.expand(workspace), context.expand(project), context.expand(pipelineId));
    }

    final ServiceEndpoint endpoint(BuildContext context) {
        return DescriptorBase.API.endpoint(context.urls(), context.expand(apiUrl), credentialsId);
    }

    /** Base of the descriptors of Buddy's steps. */
    public abstract static class DescriptorBase extends OperationStepDescriptor {

        private static final VendorApi API =
                VendorApi.withSecretText(BuddyClient.SERVICE, BuddyClient.VENDOR_URLS, Signer::bearer);

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return API.credentialsItems(item, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckWorkspace(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("workspace", value).asName());
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("project", value).asName());
        }

        @POST
        public FormValidation doCheckPipelineId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("pipelineId", value).asId());
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return API.checkApiUrl(item, value);
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
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                BuddyPipelineRef pipeline = BuddyPipelineRef.parse(workspace, project, pipelineId);
                ServiceEndpoint endpoint = API.endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new BuddyClient(endpoint.url()).pipeline(pipeline),
                        endpoint,
                        found -> Messages.BuddyStep_connected(
                                Long.toString(pipeline.pipelineId()),
                                pipeline.workspace(),
                                pipeline.project(),
                                Objects.toString(found.name(), "")));
            });
        }
    }
}
