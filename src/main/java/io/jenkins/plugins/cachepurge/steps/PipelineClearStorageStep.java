package io.jenkins.plugins.cachepurge.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.feldera.FelderaClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.credentials.CertificateReference;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.RouteForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.feldera.FelderaStorageClear;
import java.util.List;
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

    /** Null for the default, as in a config.xml without it. */
    private Boolean wait;

    private String via;
    private String certificate;

    @DataBoundConstructor
    public PipelineClearStorageStep(String pipeline) {
        super(DescriptorImpl.DEFAULT_TIMEOUT);
        this.pipeline = pipeline;
    }

    /** The pipeline's name. */
    public String getPipeline() {
        return pipeline;
    }

    /** A secret text with an API key; null for a server without authentication. */
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
        return wait == null || wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Which machine sends the requests: "controller", or "agent" for the one on which the step runs. */
    public String getVia() {
        return via == null ? Via.CONTROLLER.toString() : via;
    }

    @DataBoundSetter
    public void setVia(String via) {
        this.via = Util.fixEmptyAndTrim(via);
    }

    /** A secret file or certificate with authorities that are trusted for the server alone; null for those of Java. */
    public String getCertificate() {
        return certificate;
    }

    @DataBoundSetter
    public void setCertificate(String certificate) {
        this.certificate = Util.fixEmptyAndTrim(certificate);
    }

    @Override
    public PreparedOperation<FelderaStorageClear.Result> prepare(BuildContext context) {
        ServiceEndpoint endpoint = DescriptorImpl.API
                .endpoint(context.urls(), context.expand(apiUrl), credentialsId)
                .over(via, certificate);
        FelderaStorageClear clear = new FelderaStorageClear(
                new FelderaClient(endpoint.url(), FelderaStorageClear.tenant(context.expand(tenant))),
                FelderaStorageClear.pipelineName(context.expand(pipeline)),
                stop,
                isWait());
        return new PreparedOperation<>(clear.operation(), endpoint, checkedTimeout());
    }

    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        private static final int DEFAULT_TIMEOUT = 300;
        private static final VendorApi API = new VendorApi(
                FelderaClient.SERVICE, FelderaClient.VENDOR_URLS, StringCredentials.class, DescriptorImpl::credentials);

        /** A self-hosted server may need none. */
        private static CredentialsReference credentials(String credentialsId) {
            String id = Util.fixEmptyAndTrim(credentialsId);
            return id == null ? CredentialsReference.none() : new SecretTextReference(id, Signer::bearer);
        }

        @Override
        protected List<String> parametersInViews() {
            return List.of("pipeline");
        }

        @Override
        public int getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "pipelineClearStorage";
        }

        @Override
        public LocalizedText name() {
            return LocalizedText.of("step.pipelineClearStorage");
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return API.credentialsItems(item, credentialsId, apiUrl);
        }

        @POST
        public ListBoxModel doFillViaItems() {
            return RouteForm.viaItems();
        }

        @POST
        public ListBoxModel doFillCertificateItems(
                @AncestorInPath Item item, @QueryParameter String certificate, @QueryParameter String apiUrl) {
            return new JobForm(item).credentialsItems(CertificateReference.TYPES, certificate, apiUrl);
        }

        @POST
        public FormValidation doCheckPipeline(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> FelderaStorageClear.pipelineName(value));
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return API.checkApiUrl(item, value);
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
                @QueryParameter String tenant,
                @QueryParameter String via,
                @QueryParameter String certificate) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                RouteForm.checkTestable(via);
                ServiceEndpoint endpoint =
                        API.endpoint(form.urls(), apiUrl, credentialsId).over(via, certificate);
                FelderaClient client = new FelderaClient(endpoint.url(), FelderaStorageClear.tenant(tenant));
                return new ConnectionCheck<>(
                        client.status(FelderaStorageClear.pipelineName(pipeline)),
                        endpoint,
                        found -> Messages.PipelineClearStorageStep_connected(
                                pipeline,
                                found.pipeline().deploymentStatus(),
                                found.pipeline().storageStatus()));
            });
        }
    }
}
