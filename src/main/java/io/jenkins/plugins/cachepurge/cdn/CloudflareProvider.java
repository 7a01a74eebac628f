package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.cloudflare.CloudflarePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
import java.util.function.UnaryOperator;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A zone of Cloudflare. */
public class CloudflareProvider extends TokenProvider {

    private static final long serialVersionUID = 1L;

    private final String zoneId;
    private int urlsPerRequest = DescriptorImpl.DEFAULT_URLS_PER_REQUEST;

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

    /** How many URLs one request names, 1 to 500. */
    public int getUrlsPerRequest() {
        return urlsPerRequest;
    }

    @DataBoundSetter
    public void setUrlsPerRequest(int urlsPerRequest) {
        this.urlsPerRequest = urlsPerRequest;
    }

    @Override
    public CdnTarget target(UnaryOperator<String> expand) {
        Access access = access(expand);
        return new Target(
                new CloudflareClient(access.url()),
                CloudflarePurge.zoneId(expand.apply(zoneId)),
                access,
                Input.between("urlsPerRequest", urlsPerRequest, 1, DescriptorImpl.MOST_URLS_PER_REQUEST));
    }

    private record Target(CloudflareClient client, String name, Access access, int urlsPerRequest)
            implements CdnTarget {

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            return new PurgeInTurn(new CloudflarePurge(client, name, what, how.soft(), urlsPerRequest));
        }
    }

    @Extension
    @Symbol(CloudflarePurge.PROVIDER)
    public static class DescriptorImpl extends TokenProviderDescriptor {

        private static final PurgeKind[] KINDS = {
            PurgeKind.URLS, PurgeKind.TAGS, PurgeKind.PREFIXES, PurgeKind.HOSTS, PurgeKind.ALL
        };

        /** What Cloudflare takes for all plans but the largest. */
        private static final int DEFAULT_URLS_PER_REQUEST = 100;

        /** What it takes for the largest. */
        static final int MOST_URLS_PER_REQUEST = 500;

        public DescriptorImpl() {
            super(CloudflareClient.SERVICE, CloudflareClient.VENDOR_URLS, Authentication::bearer);
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
        public PurgeSupport support() {
            return PurgeSupport.of(KINDS).andSoft(KINDS);
        }

        @POST
        public FormValidation doCheckZoneId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> CloudflarePurge.zoneId(value));
        }

        @POST
        public FormValidation doCheckUrlsPerRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).number("urlsPerRequest", value, 1, MOST_URLS_PER_REQUEST);
        }

        /** Reads the zone. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String zoneId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                String id = CloudflarePurge.zoneId(zoneId);
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new CloudflareClient(access.url()).zone(id),
                        access,
                        found -> Messages.CloudflareProvider_connected(found.name()));
            });
        }
    }
}
