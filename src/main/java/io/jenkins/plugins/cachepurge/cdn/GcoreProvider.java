package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.gcore.GcorePurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSupport;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A CDN resource of Gcore.
 *
 * @see GcoreClient the facts about the API, and where they are from
 */
public class GcoreProvider extends TokenProvider {

    private static final long serialVersionUID = 1L;

    private final String resourceId;

    /**
     * @param credentialsId a secret text with a permanent API token
     * @param resourceId a text, or a number as Gcore shows it
     */
    @DataBoundConstructor
    public GcoreProvider(String credentialsId, Object resourceId) {
        super(credentialsId);
        this.resourceId = Objects.toString(resourceId, null);
    }

    /** A number of 1 or more. */
    public String getResourceId() {
        return resourceId;
    }

    @Override
    public CdnTarget target(UnaryOperator<String> expand) {
        Access access = access(expand);
        return new Target(new GcoreClient(access.url()), DescriptorImpl.id(expand.apply(resourceId)), access);
    }

    private record Target(GcoreClient client, long resourceId, Access access) implements CdnTarget {

        @Override
        public String name() {
            return Long.toString(resourceId);
        }

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            return GcorePurge.of(client, resourceId, what, how.awaitEnd());
        }
    }

    @Extension
    @Symbol(GcorePurge.PROVIDER)
    public static class DescriptorImpl extends TokenProviderDescriptor {

        public DescriptorImpl() {
            super(GcoreClient.SERVICE, GcoreClient.VENDOR_URLS, GcoreClient::authentication);
        }

        private static long id(String resourceId) {
            return new Input("resourceId", resourceId).id();
        }

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.URLS, PurgeKind.PREFIXES, PurgeKind.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GcoreProvider_displayName();
        }

        @POST
        public FormValidation doCheckResourceId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> id(value));
        }

        /** Reads the CDN resource. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String resourceId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                long id = id(resourceId);
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new GcoreClient(access.url()).resource(id),
                        access,
                        found -> Messages.GcoreProvider_connected(
                                Long.toString(id), found.resource().cname()));
            });
        }
    }
}
