package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyEdgeCheck;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.verify.EdgeCheck;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Service of Fastly. */
public class FastlyProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String serviceId;

    /**
     * @param credentialsId a secret text with an API token
     * @param serviceId letters and digits
     */
    @DataBoundConstructor
    public FastlyProvider(String credentialsId, String serviceId) {
        super(credentialsId);
        this.serviceId = serviceId;
    }

    public String getServiceId() {
        return serviceId;
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(new FastlyClient(endpoint.url()), FastlyPurge.serviceId(context.expand(serviceId)), endpoint);
    }

    private record Target(FastlyClient client, String name, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new FastlyPurge(client, name, selection, options.soft()).operation();
        }

        @Override
        public Optional<EdgeCheck> edgeCheck() {
            return Optional.of(new FastlyEdgeCheck(client));
        }
    }

    @Extension
    @Symbol(FastlyPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(VendorApi.withSecretText(
                    FastlyClient.SERVICE,
                    FastlyClient.VENDOR_URLS,
                    token -> Signer.header(FastlyClient.TOKEN_HEADER, token)));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FastlyProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.URLS, SelectionType.TAGS, SelectionType.ALL)
                    .withSoft(SelectionType.URLS, SelectionType.TAGS);
        }

        @POST
        public FormValidation doCheckServiceId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> FastlyPurge.serviceId(value));
        }

        /** Reads the service. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String serviceId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                String id = FastlyPurge.serviceId(serviceId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new FastlyClient(endpoint.url()).service(id),
                        endpoint,
                        found -> Messages.FastlyProvider_connected(found.name()));
            });
        }
    }
}
