package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.client.scaleway.SortOrder;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryEntry;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistoryResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayHistory;
import io.jenkins.plugins.cachepurge.operation.scaleway.ScalewayPurge;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A pipeline of Scaleway Edge Services. */
public class ScalewayProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String pipelineId;
    /** Null for the default, as in a config.xml without it. */
    private Integer pathsPerRequest;

    /**
     * @param credentialsId a secret text with an API key's secret key
     * @param pipelineId a UUID
     */
    @DataBoundConstructor
    public ScalewayProvider(String credentialsId, String pipelineId) {
        super(credentialsId);
        this.pipelineId = pipelineId;
    }

    public String getPipelineId() {
        return pipelineId;
    }

    /** Number of paths in one purge request, 1 to 1000. */
    public int getPathsPerRequest() {
        return pathsPerRequest == null ? DescriptorImpl.DEFAULT_PATHS_PER_REQUEST : pathsPerRequest;
    }

    @DataBoundSetter
    public void setPathsPerRequest(int pathsPerRequest) {
        this.pathsPerRequest = pathsPerRequest;
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(
                new ScalewayClient(endpoint.url()),
                new InputField("pipelineId", context.expand(pipelineId)).asUuid(),
                endpoint,
                InputField.inRange("pathsPerRequest", getPathsPerRequest(), 1, DescriptorImpl.MAX_PATHS_PER_REQUEST));
    }

    private record Target(ScalewayClient client, String pipelineId, ServiceEndpoint endpoint, int pathsPerRequest)
            implements CdnTarget, CdnHistory {

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            Batches batches = new Batches(selection, pathsPerRequest);
            return new ScalewayPurge(client, pipelineId, batches, options.waitForCompletion()).operation();
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
        public Operation<?, PurgeHistoryResult> list(int limit, boolean newestFirst) {
            SortOrder order = newestFirst ? SortOrder.NEWEST_FIRST : SortOrder.OLDEST_FIRST;
            return new ScalewayHistory(client, pipelineId, order, limit).operation();
        }

        @Override
        public Operation<?, PurgeHistoryEntry> get(String requestId) {
            return ScalewayHistory.one(client, new InputField("requestId", requestId).asUuid());
        }
    }

    @Extension(ordinal = 10)
    @Symbol(ScalewayPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        /** Maximum of Scaleway's console. */
        private static final int DEFAULT_PATHS_PER_REQUEST = 5;

        static final int MAX_PATHS_PER_REQUEST = 1000;

        public DescriptorImpl() {
            super(VendorApi.withSecretText(
                    ScalewayClient.SERVICE,
                    ScalewayClient.VENDOR_URLS,
                    secret -> Signer.header(ScalewayClient.TOKEN_HEADER, secret)));
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
        public FormValidation doCheckPipelineId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("pipelineId", value).asUuid());
        }

        @POST
        public FormValidation doCheckPathsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("pathsPerRequest", value, 1, MAX_PATHS_PER_REQUEST);
        }

        /** Reads the newest purge request. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String pipelineId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                String id = new InputField("pipelineId", pipelineId).asUuid();
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new ScalewayClient(endpoint.url()).list(id, SortOrder.NEWEST_FIRST, 1, 1),
                        endpoint,
                        found -> found.totalCount() == 0
                                ? Messages.ScalewayProvider_connectedButEmpty(id)
                                : Messages.ScalewayProvider_connected(id, found.totalCount()));
            });
        }
    }
}
