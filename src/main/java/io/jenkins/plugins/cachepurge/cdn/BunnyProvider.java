package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.bunny.BunnyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Pull zones of a bunny.net account, or one of them. The host of a URL determines its pull zone; tags and everything
 * need one.
 *
 * @see BunnyClient facts about the API, and their sources
 */
public class BunnyProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private String pullZoneId;

    /** @param credentialsId a secret text with the account's API key */
    @DataBoundConstructor
    public BunnyProvider(String credentialsId) {
        super(credentialsId);
    }

    /** A number; null for all, of which URLs and prefixes can be purged. */
    public String getPullZoneId() {
        return pullZoneId;
    }

    @DataBoundSetter
    public void setPullZoneId(String pullZoneId) {
        this.pullZoneId = Util.fixEmptyAndTrim(pullZoneId);
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        return new Target(new BunnyClient(endpoint.url()), DescriptorImpl.zone(context.expand(pullZoneId)), endpoint);
    }

    private record Target(BunnyClient client, long pullZoneId, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public String name() {
            return BunnyPurge.target(pullZoneId);
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new BunnyPurge(client, pullZoneId, selection, options.waitForCompletion()).operation();
        }
    }

    @Extension
    @Symbol(BunnyPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(VendorApi.withSecretText(
                    BunnyClient.SERVICE, BunnyClient.VENDOR_URLS, key -> Signer.header(BunnyClient.KEY_HEADER, key)));
        }

        /** 0 for none. */
        private static long zone(String pullZoneId) {
            return Util.fixEmptyAndTrim(pullZoneId) == null ? 0 : new InputField("pullZoneId", pullZoneId).asId();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                    SelectionType.URLS, SelectionType.TAGS, SelectionType.PREFIXES, SelectionType.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BunnyProvider_displayName();
        }

        @POST
        public FormValidation doCheckPullZoneId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> zone(value));
        }

        /** Reads the pull zone; without one, counts them. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String pullZoneId,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                long id = zone(pullZoneId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                BunnyClient client = new BunnyClient(endpoint.url());
                return id == 0 ? account(client, endpoint) : pullZone(client, id, endpoint);
            });
        }

        private static ConnectionCheck<?> account(BunnyClient client, ServiceEndpoint endpoint) {
            return new ConnectionCheck<>(
                    client.pullZoneCount(), endpoint, found -> Messages.BunnyProvider_connectedAccount(found.count()));
        }

        private static ConnectionCheck<?> pullZone(BunnyClient client, long id, ServiceEndpoint endpoint) {
            return new ConnectionCheck<>(
                    client.pullZone(id),
                    endpoint,
                    found -> Messages.BunnyProvider_connected(
                            Long.toString(found.id()), Objects.toString(found.name(), "")));
        }
    }
}
