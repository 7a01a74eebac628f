package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.CredentialsUse;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.credentials.SecretText;
import io.jenkins.plugins.cachepurge.operation.feldera.ClearStorage;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code pipelineClearStorage}: clears the storage of a Feldera pipeline.
 *
 * @see <a href="https://docs.feldera.com/api/">Feldera API</a>
 */
public final class PipelineClearStorageStep extends RemoteOperationStep {

    private static final long serialVersionUID = 1L;

    private final String pipeline;
    private String credentialsId;
    private String apiUrl;
    private String tenant;
    private boolean stop;
    private boolean wait = true;

    @DataBoundConstructor
    public PipelineClearStorageStep(String pipeline) {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
        this.pipeline = pipeline;
    }

    /** The pipeline's name. */
    public String getPipeline() {
        return pipeline;
    }

    /** A secret text with an API key; null for a server that asks for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Null for Feldera's own. */
    public String getApiUrl() {
        return apiUrl;
    }

    @DataBoundSetter
    public void setApiUrl(String apiUrl) {
        this.apiUrl = Util.fixEmptyAndTrim(apiUrl);
    }

    /** Null for the tenant that the API key belongs to. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Whether to stop the pipeline first. */
    public boolean isStop() {
        return stop;
    }

    @DataBoundSetter
    public void setStop(boolean stop) {
        this.stop = stop;
    }

    /** Whether to wait until the storage is cleared. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    @Override
    public RemoteOperation<ClearStorage.Cleared> prepare(UnaryOperator<String> expand) {
        Access access = DescriptorImpl.access(expand.apply(apiUrl), credentialsId);
        ClearStorage.Wish wish = new ClearStorage.Wish(
                new FelderaClient(access.url(), ClearStorage.tenant(expand.apply(tenant))),
                ClearStorage.pipelineName(expand.apply(pipeline)),
                stop,
                wait);
        return new RemoteOperation<>(ClearStorage.of(wish), access, checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends RemoteOperationStepDescriptor {

        private static final int DEFAULT_TIMEOUT = 300;

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "pipelineClearStorage";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PipelineClearStorageStep_displayName();
        }

        private static ApiUrl approved(String apiUrl) {
            return CachePurgeConfiguration.get().approve(FelderaClient.SERVICE, FelderaClient.VENDOR_URLS, apiUrl);
        }

        private static Access access(String apiUrl, String credentialsId) {
            String id = Util.fixEmptyAndTrim(credentialsId);
            CredentialsUse credentials =
                    id == null ? CredentialsUse.none() : new SecretText(id, Authentication::bearer);
            return new Access(approved(apiUrl), credentials);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new FormAccess(item).credentials(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckPipeline(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> ClearStorage.pipelineName(value));
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> approved(value));
        }

        @POST
        public FormValidation doCheckTenant(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> ClearStorage.tenant(value));
        }

        /** Reads the pipeline's status. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String apiUrl,
                @QueryParameter String pipeline,
                @QueryParameter String tenant) {
            return new FormAccess(item).test(() -> {
                Access access = access(apiUrl, credentialsId);
                FelderaClient client = new FelderaClient(access.url(), ClearStorage.tenant(tenant));
                return new ConnectionTest<>(
                        client.status(ClearStorage.pipelineName(pipeline)),
                        access,
                        found -> Messages.PipelineClearStorageStep_connected(
                                pipeline, found.deploymentStatus(), found.storageStatus()));
            });
        }
    }
}
