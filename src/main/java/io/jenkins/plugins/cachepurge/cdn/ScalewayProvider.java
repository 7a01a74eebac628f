package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.scaleway.PurgeOrder;
import io.jenkins.plugins.cachepurge.client.scaleway.ScalewayClient;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.credentials.SecretText;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeHistory;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRecord;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
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
        Access access = DescriptorImpl.access(expand.apply(apiUrl), credentialsId);
        return new Target(
                new ScalewayClient(access.url()),
                new Input("pipelineId", expand.apply(pipelineId)).uuid(),
                access,
                Input.between("pathsPerRequest", pathsPerRequest, 1, DescriptorImpl.MOST_PATHS_PER_REQUEST));
    }

    private record Target(ScalewayClient client, String pipelineId, Access access, int pathsPerRequest)
            implements CdnTarget, CdnArchive {

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            Batches batches = new Batches(what, pathsPerRequest);
            return ScalewayPurge.of(new ScalewayPurge.Wish(client, pipelineId, batches, how.awaitEnd()));
        }

        @Override
        public String name() {
            return pipelineId;
        }

        @Override
        public Optional<CdnArchive> archive() {
            return Optional.of(this);
        }

        @Override
        public Operation<PurgeHistory> history(int limit, boolean newestFirst) {
            PurgeOrder order = newestFirst ? PurgeOrder.NEWEST_FIRST : PurgeOrder.OLDEST_FIRST;
            return ScalewayHistory.of(client, pipelineId, order, limit);
        }

        @Override
        public Operation<PurgeRecord> one(String requestId) {
            return ScalewayHistory.one(client, new Input("requestId", requestId).uuid());
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

        private static Access access(String apiUrl, String credentialsId) {
            return new Access(
                    approved(apiUrl),
                    new SecretText(
                            credentialsId, secret -> Authentication.header(ScalewayClient.TOKEN_HEADER, secret)));
        }

        public int getDefaultPathsPerRequest() {
            return DEFAULT_PATHS_PER_REQUEST;
        }

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ScalewayProvider_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new FormAccess(item).credentials(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public FormValidation doCheckPipelineId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("pipelineId", value).uuid());
        }

        @POST
        public FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> approved(value));
        }

        @POST
        public FormValidation doCheckPathsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).number("pathsPerRequest", value, 1, MOST_PATHS_PER_REQUEST);
        }

        /** Reads the newest purge request. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String pipelineId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                String id = new Input("pipelineId", pipelineId).uuid();
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new ScalewayClient(access.url()).list(id, PurgeOrder.NEWEST_FIRST, 1, 1),
                        access,
                        found -> found.totalCount() == 0
                                ? Messages.ScalewayProvider_connectedButEmpty(id)
                                : Messages.ScalewayProvider_connected(id, found.totalCount()));
            });
        }
    }
}
