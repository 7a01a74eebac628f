package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.gcore.GcorePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * CDN resource of Gcore.
 *
 * @see GcoreClient facts about the API, and their sources
 */
public class GcoreProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String resourceId;

    /**
     * @param credentialsId a secret text with a permanent API token
     * @param resourceId a number of 1 or more
     */
    @DataBoundConstructor
    public GcoreProvider(String credentialsId, String resourceId) {
        super(credentialsId);
        this.resourceId = resourceId;
    }

    /** A number of 1 or more. */
    public String getResourceId() {
        return resourceId;
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(new GcoreClient(endpoint.url()), DescriptorImpl.id(context.expand(resourceId)), endpoint);
    }

    private record Target(GcoreClient client, long resourceId, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public String name() {
            return Long.toString(resourceId);
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return GcorePurge.of(client, resourceId, selection, options.waitForCompletion());
        }
    }

    @Extension
    @Symbol(GcorePurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(VendorApi.withSecretText(GcoreClient.SERVICE, GcoreClient.VENDOR_URLS, GcoreClient::authentication));
        }

        private static long id(String resourceId) {
            return new InputField("resourceId", resourceId).asId();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                    SelectionType.PATHS, SelectionType.URLS, SelectionType.PREFIXES, SelectionType.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GcoreProvider_displayName();
        }

        @POST
        public FormValidation doCheckResourceId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> id(value));
        }

        /** Reads the CDN resource. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String resourceId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                long id = id(resourceId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new GcoreClient(endpoint.url()).resource(id),
                        endpoint,
                        found -> Messages.GcoreProvider_connected(
                                Long.toString(id), found.resource().cname()));
            });
        }
    }
}
