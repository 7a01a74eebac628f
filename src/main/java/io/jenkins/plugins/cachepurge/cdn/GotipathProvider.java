package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import io.jenkins.plugins.cachepurge.credentials.GotipathReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.gotipath.GotipathPurge;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A distribution of Gotipath CDN. */
public class GotipathProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String distributionId;
    private String type;
    /** Null for the default, as in a config.xml without it. */
    private Integer pathsPerRequest;

    /**
     * @param credentialsId "Gotipath API credentials"
     * @param distributionId a UUID
     */
    @DataBoundConstructor
    public GotipathProvider(String credentialsId, String distributionId) {
        super(credentialsId);
        this.distributionId = distributionId;
    }

    public String getDistributionId() {
        return distributionId;
    }

    /** Gotipath's value for paths; not used for a purge of everything. */
    public String getType() {
        return type == null ? DescriptorImpl.DEFAULT_TYPE : type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    /** Number of paths in one request, 1 to 1000. */
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
                new GotipathClient(endpoint.url()),
                new InputField("distributionId", context.expand(distributionId)).asUuid(),
                GotipathPurge.pathType(context.expand(getType())),
                endpoint,
                InputField.inRange("pathsPerRequest", getPathsPerRequest(), 1, DescriptorImpl.MAX_PATHS_PER_REQUEST));
    }

    private record Target(
            GotipathClient client, String distributionId, String type, ServiceEndpoint endpoint, int pathsPerRequest)
            implements CdnTarget {

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            Batches batches = new Batches(selection, pathsPerRequest);
            return new GotipathPurge(client, distributionId, type, batches).operation();
        }

        @Override
        public String name() {
            return distributionId;
        }
    }

    @Extension
    @Symbol(GotipathPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        /** Not in Gotipath's documentation; the CDN on which it is based purges single files "by URL". */
        private static final String DEFAULT_TYPE = "url";

        /** Maximum of the CDN on which Gotipath is based. */
        private static final int DEFAULT_PATHS_PER_REQUEST = 100;

        static final int MAX_PATHS_PER_REQUEST = 1000;

        public DescriptorImpl() {
            super(new VendorApi(
                    GotipathClient.SERVICE,
                    GotipathClient.VENDOR_URLS,
                    GotipathApiCredentials.class,
                    GotipathReference::new));
        }

        public String getDefaultType() {
            return DEFAULT_TYPE;
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
            return Messages.GotipathProvider_displayName();
        }

        @POST
        public FormValidation doCheckDistributionId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("distributionId", value).asUuid());
        }

        @POST
        public FormValidation doCheckType(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> GotipathPurge.pathType(value));
        }

        @POST
        public FormValidation doCheckPathsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("pathsPerRequest", value, 1, MAX_PATHS_PER_REQUEST);
        }

        /** Reads the distribution. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String distributionId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                String id = new InputField("distributionId", distributionId).asUuid();
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new GotipathClient(endpoint.url()).distribution(id),
                        endpoint,
                        found -> Messages.GotipathProvider_connected(id));
            });
        }
    }
}
