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
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.keycdn.KeyCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.SequentialPurge;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import java.util.function.UnaryOperator;
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
    public CdnTarget target(UnaryOperator<String> expand) {
        ServiceEndpoint access = access(expand);
        return new Target(new KeyCdnClient(access.url()), KeyCdnPurge.zoneId(expand.apply(zoneId)), access);
    }

    private record Target(KeyCdnClient client, long zoneId, ServiceEndpoint access) implements CdnTarget {

        @Override
        public String name() {
            return Long.toString(zoneId);
        }

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            return new SequentialPurge(new KeyCdnPurge(client, zoneId, what));
        }
    }

    @Extension
    @Symbol(KeyCdnPurge.PROVIDER)
    public static class DescriptorImpl extends TokenProviderDescriptor {

        public DescriptorImpl() {
            super(KeyCdnClient.SERVICE, KeyCdnClient.VENDOR_URLS, Signer::basicUser);
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
            return new JobForm(item).testConnection(() -> {
                long id = KeyCdnPurge.zoneId(zoneId);
                ServiceEndpoint access = access(apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new KeyCdnClient(access.url()).zone(id),
                        access,
                        found -> Messages.KeyCdnProvider_connected(found.name()));
            });
        }
    }
}
