package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
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
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A service of Fastly. */
public class FastlyProvider extends TokenProvider {

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
    public CdnTarget target(UnaryOperator<String> expand) {
        Access access = access(expand);
        return new Target(new FastlyClient(access.url()), FastlyPurge.serviceId(expand.apply(serviceId)), access);
    }

    private record Target(FastlyClient client, String name, Access access) implements CdnTarget {

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            return new PurgeInTurn(new FastlyPurge(client, name, what, how.soft()));
        }
    }

    @Extension
    @Symbol(FastlyPurge.PROVIDER)
    public static class DescriptorImpl extends TokenProviderDescriptor {

        public DescriptorImpl() {
            super(
                    FastlyClient.SERVICE,
                    FastlyClient.VENDOR_URLS,
                    token -> Authentication.header(FastlyClient.TOKEN_HEADER, token));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FastlyProvider_displayName();
        }

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.URLS, PurgeKind.TAGS, PurgeKind.ALL)
                    .andSoft(PurgeKind.URLS, PurgeKind.TAGS);
        }

        @POST
        public FormValidation doCheckServiceId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> FastlyPurge.serviceId(value));
        }

        /** Reads the service. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String serviceId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                String id = FastlyPurge.serviceId(serviceId);
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new FastlyClient(access.url()).service(id),
                        access,
                        found -> Messages.FastlyProvider_connected(found.name()));
            });
        }
    }
}
