package io.jenkins.plugins.cachepurge.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
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
public final class PipelineClearStorageStep extends OperationStep {

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
    public PreparedOperation<FelderaStorageClear.Result> prepare(UnaryOperator<String> expand) {
        ServiceEndpoint access = DescriptorImpl.access(expand.apply(apiUrl), credentialsId);
        FelderaStorageClear.Spec wish = new FelderaStorageClear.Spec(
                new FelderaClient(access.url(), FelderaStorageClear.tenant(expand.apply(tenant))),
                FelderaStorageClear.pipelineName(expand.apply(pipeline)),
                stop,
                wait);
        return new PreparedOperation<>(FelderaStorageClear.of(wish), access, checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

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

        private static ServiceEndpoint access(String apiUrl, String credentialsId) {
            String id = Util.fixEmptyAndTrim(credentialsId);
            CredentialsReference credentials =
                    id == null ? CredentialsReference.none() : new SecretTextReference(id, Signer::bearer);
            return new ServiceEndpoint(approved(apiUrl), credentials);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new JobForm(item).credentialsItems(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckPipeline(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> FelderaStorageClear.pipelineName(value));
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> approved(value));
        }

        @POST
        public FormValidation doCheckTenant(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> FelderaStorageClear.tenant(value));
        }

        /** Reads the pipeline's status. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String apiUrl,
                @QueryParameter String pipeline,
                @QueryParameter String tenant) {
            return new JobForm(item).testConnection(() -> {
                ServiceEndpoint access = access(apiUrl, credentialsId);
                FelderaClient client = new FelderaClient(access.url(), FelderaStorageClear.tenant(tenant));
                return new ConnectionCheck<>(
                        client.status(FelderaStorageClear.pipelineName(pipeline)),
                        access,
                        found -> Messages.PipelineClearStorageStep_connected(
                                pipeline, found.deploymentStatus(), found.storageStatus()));
            });
        }
    }
}
