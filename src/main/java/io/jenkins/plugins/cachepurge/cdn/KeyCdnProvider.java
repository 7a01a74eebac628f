package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
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

/** A zone of KeyCDN. */
public class KeyCdnProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String zoneId;

    /**
     * @param credentialsId a secret text with the account's API key
     * @param zoneId a number
     */
    @DataBoundConstructor
    public KeyCdnProvider(String credentialsId, String zoneId) {
        super(credentialsId);
        this.zoneId = zoneId;
    }

    public String getZoneId() {
        return zoneId;
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(new KeyCdnClient(endpoint.url()), KeyCdnPurge.zoneId(context.expand(zoneId)), endpoint);
    }

    private record Target(KeyCdnClient client, long zoneId, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public String name() {
            return Long.toString(zoneId);
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new KeyCdnPurge(client, zoneId, selection).operation();
        }
    }

    @Extension
    @Symbol(KeyCdnPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(VendorApi.withSecretText(KeyCdnClient.SERVICE, KeyCdnClient.VENDOR_URLS, Signer::basicUser));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.KeyCdnProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.URLS, SelectionType.TAGS, SelectionType.ALL);
        }

        @POST
        public FormValidation doCheckZoneId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> KeyCdnPurge.zoneId(value));
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
                long id = KeyCdnPurge.zoneId(zoneId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new KeyCdnClient(endpoint.url()).zone(id),
                        endpoint,
                        found -> Messages.KeyCdnProvider_connected(found.name()));
            });
        }
    }
}
