package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
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

/** A zone of Cloudflare. */
public class CloudflareProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String zoneId;
    /** Null for the default, as in a config.xml without it. */
    private Integer urlsPerRequest;

    /**
     * @param credentialsId a secret text with an API token
     * @param zoneId 32 hexadecimal digits
     */
    @DataBoundConstructor
    public CloudflareProvider(String credentialsId, String zoneId) {
        super(credentialsId);
        this.zoneId = zoneId;
    }

    public String getZoneId() {
        return zoneId;
    }

    /** Number of URLs in one request, 1 to 500. */
    public int getUrlsPerRequest() {
        return urlsPerRequest == null ? DescriptorImpl.DEFAULT_URLS_PER_REQUEST : urlsPerRequest;
    }

    @DataBoundSetter
    public void setUrlsPerRequest(int urlsPerRequest) {
        this.urlsPerRequest = urlsPerRequest;
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(
                new CloudflareClient(endpoint.url()),
                CloudflarePurge.zoneId(context.expand(zoneId)),
                endpoint,
                InputField.inRange("urlsPerRequest", getUrlsPerRequest(), 1, DescriptorImpl.MAX_URLS_PER_REQUEST));
    }

    private record Target(CloudflareClient client, String name, ServiceEndpoint endpoint, int urlsPerRequest)
            implements CdnTarget {

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new CloudflarePurge(client, name, selection, options.soft(), urlsPerRequest).operation();
        }
    }

    @Extension
    @Symbol(CloudflarePurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        private static final SelectionType[] KINDS = {
            SelectionType.URLS, SelectionType.TAGS, SelectionType.PREFIXES, SelectionType.HOSTS, SelectionType.ALL
        };

        /** Maximum of all plans except Enterprise. */
        private static final int DEFAULT_URLS_PER_REQUEST = 100;

        /** Maximum of the Enterprise plan. */
        static final int MAX_URLS_PER_REQUEST = 500;

        public DescriptorImpl() {
            super(VendorApi.withSecretText(CloudflareClient.SERVICE, CloudflareClient.VENDOR_URLS, Signer::bearer));
        }

        public int getDefaultUrlsPerRequest() {
            return DEFAULT_URLS_PER_REQUEST;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CloudflareProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(KINDS).withSoft(KINDS);
        }

        @POST
        public FormValidation doCheckZoneId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> CloudflarePurge.zoneId(value));
        }

        @POST
        public FormValidation doCheckUrlsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("urlsPerRequest", value, 1, MAX_URLS_PER_REQUEST);
        }

        /** Reads the zone. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String zoneId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                String id = CloudflarePurge.zoneId(zoneId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new CloudflareClient(endpoint.url()).zone(id),
                        endpoint,
                        found -> Messages.CloudflareProvider_connected(found.name()));
            });
        }
    }
}
