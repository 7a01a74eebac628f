package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayHistory;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A pipeline of Scaleway Edge Services. */
public class ScalewayProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private final String pipelineId;
    private String apiUrl;
    private int pathsPerRequest = DescriptorImpl.DEFAULT_PATHS_PER_REQUEST;

    /**
     * @param credentialsId a secret text with an API key's secret key
     * @param pipelineId a UUID
     */
    @DataBoundConstructor
    public ScalewayProvider(String credentialsId, String pipelineId) {
        this.credentialsId = credentialsId;
        this.pipelineId = pipelineId;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getPipelineId() {
        return pipelineId;
    }

    /** Null for Scaleway's own. */
    public String getApiUrl() {
        return apiUrl;
    }

    @DataBoundSetter
    public void setApiUrl(String apiUrl) {
        this.apiUrl = Util.fixEmptyAndTrim(apiUrl);
    }

    /** How many paths one purge request names, 1 to 1000. */
    public int getPathsPerRequest() {
        return pathsPerRequest;
    }

    @DataBoundSetter
    public void setPathsPerRequest(int pathsPerRequest) {
        this.pathsPerRequest = pathsPerRequest;
    }

    @Override
    public CdnTarget target(UnaryOperator<String> expand) {
        ServiceEndpoint access = DescriptorImpl.access(expand.apply(apiUrl), credentialsId);
        return new Target(
                new ScalewayClient(access.url()),
                new InputField("pipelineId", expand.apply(pipelineId)).asUuid(),
                access,
                InputField.inRange("pathsPerRequest", pathsPerRequest, 1, DescriptorImpl.MOST_PATHS_PER_REQUEST));
    }

    private record Target(ScalewayClient client, String pipelineId, ServiceEndpoint access, int pathsPerRequest)
            implements CdnTarget, CdnHistory {

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            Batches batches = new Batches(what, pathsPerRequest);
            return ScalewayPurge.of(new ScalewayPurge.Spec(client, pipelineId, batches, how.waitForCompletion()));
        }

        @Override
        public String name() {
            return pipelineId;
        }

        @Override
        public Optional<CdnHistory> history() {
            return Optional.of(this);
        }

        @Override
        public Operation<PurgeHistory> list(int limit, boolean newestFirst) {
            SortOrder order = newestFirst ? SortOrder.NEWEST_FIRST : SortOrder.OLDEST_FIRST;
            return ScalewayHistory.of(client, pipelineId, order, limit);
        }

        @Override
        public Operation<PurgeHistoryEntry> get(String requestId) {
            return ScalewayHistory.one(client, new InputField("requestId", requestId).asUuid());
        }
    }

    @Extension(ordinal = 10)
    @Symbol(ScalewayPurge.PROVIDER)
    public static class DescriptorImpl extends CdnProviderDescriptor {

        /** What Scaleway's console allows at a time. */
        private static final int DEFAULT_PATHS_PER_REQUEST = 5;

        static final int MOST_PATHS_PER_REQUEST = 1000;

        private static ApiUrl approved(String apiUrl) {
            return CachePurgeConfiguration.get().approve(ScalewayClient.SERVICE, ScalewayClient.VENDOR_URLS, apiUrl);
        }

        private static ServiceEndpoint access(String apiUrl, String credentialsId) {
            return new ServiceEndpoint(
                    approved(apiUrl),
                    new SecretTextReference(
                            credentialsId, secret -> Signer.header(ScalewayClient.TOKEN_HEADER, secret)));
        }

        public int getDefaultPathsPerRequest() {
            return DEFAULT_PATHS_PER_REQUEST;
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.PATHS, SelectionType.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ScalewayProvider_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new JobForm(item).credentialsItems(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckPipelineId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("pipelineId", value).asUuid());
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> approved(value));
        }

        @POST
        public FormValidation doCheckPathsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("pathsPerRequest", value, 1, MOST_PATHS_PER_REQUEST);
        }

        /** Reads the newest purge request. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String pipelineId,
                @QueryParameter String apiUrl) {
            return new JobForm(item).testConnection(() -> {
                String id = new InputField("pipelineId", pipelineId).asUuid();
                ServiceEndpoint access = access(apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new ScalewayClient(access.url()).list(id, SortOrder.NEWEST_FIRST, 1, 1),
                        access,
                        found -> found.totalCount() == 0
                                ? Messages.ScalewayProvider_connectedButEmpty(id)
                                : Messages.ScalewayProvider_connected(id, found.totalCount()));
            });
        }
    }
}
