package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributions;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.ConnectionTest;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.buddy.PurgeBuddyRoute;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeInTurn;
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
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A route of a distribution of Buddy.
 *
 * @see BuddyDistributions the facts about the API, and where they are from
 */
public class BuddyDistributionProvider extends TokenProvider {

    private static final long serialVersionUID = 1L;

    private final String workspace;
    private final String distributionId;
    private final String routeId;
    private String project;

    /**
     * @param credentialsId a secret text with a personal access token
     * @param workspace the workspace's domain
     * @param distributionId a text, or a number where Buddy shows one
     * @param routeId a text, or a number where Buddy shows one
     */
    @DataBoundConstructor
    public BuddyDistributionProvider(String credentialsId, String workspace, Object distributionId, Object routeId) {
        super(credentialsId);
        this.workspace = workspace;
        this.distributionId = Objects.toString(distributionId, null);
        this.routeId = Objects.toString(routeId, null);
    }

    /** The workspace's domain. */
    public String getWorkspace() {
        return workspace;
    }

    public String getDistributionId() {
        return distributionId;
    }

    public String getRouteId() {
        return routeId;
    }

    /** Null for a distribution of the workspace. */
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    @Override
    public CdnTarget target(UnaryOperator<String> expand) {
        Access access = access(expand);
        BuddyRouteRef route = DescriptorImpl.route(
                expand.apply(workspace), expand.apply(project), expand.apply(distributionId), expand.apply(routeId));
        return new Target(new BuddyDistributions(access.url()), route, access);
    }

    private record Target(BuddyDistributions client, BuddyRouteRef route, Access access) implements CdnTarget {

        @Override
        public String name() {
            return route.routeId();
        }

        @Override
        public Operation<PurgeResult> purge(PurgeSelection what, PurgeOptions how) {
            return new PurgeInTurn(PurgeBuddyRoute.of(client, route, what));
        }
    }

    @Extension
    @Symbol(PurgeBuddyRoute.PROVIDER)
    public static class DescriptorImpl extends TokenProviderDescriptor {

        public DescriptorImpl() {
            super(BuddyClient.SERVICE, BuddyClient.VENDOR_URLS, Authentication::bearer);
        }

        private static BuddyRouteRef route(String workspace, String project, String distributionId, String routeId) {
            String owner = Util.fixEmptyAndTrim(project);
            return new BuddyRouteRef(
                    new Input("workspace", workspace).name(),
                    owner == null ? null : new Input("project", owner).name(),
                    new Input("distributionId", distributionId).name(),
                    new Input("routeId", routeId).name());
        }

        @Override
        public PurgeSupport support() {
            return PurgeSupport.of(PurgeKind.PATHS, PurgeKind.PREFIXES, PurgeKind.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuddyDistributionProvider_displayName();
        }

        @POST
        public FormValidation doCheckWorkspace(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("workspace", value).name());
        }

        @POST
        public FormValidation doCheckDistributionId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("distributionId", value).name());
        }

        @POST
        public FormValidation doCheckRouteId(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> new Input("routeId", value).name());
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : new FormAccess(item).check(value, () -> new Input("project", value).name());
        }

        /** Reads the route. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String workspace,
                @QueryParameter String project,
                @QueryParameter String distributionId,
                @QueryParameter String routeId,
                @QueryParameter String apiUrl) {
            return new FormAccess(item).test(() -> {
                BuddyRouteRef route = route(workspace, project, distributionId, routeId);
                Access access = access(apiUrl, credentialsId);
                return new ConnectionTest<>(
                        new BuddyDistributions(access.url()).route(route),
                        access,
                        found -> Messages.BuddyDistributionProvider_connected(found.id(), found.address()));
            });
        }
    }
}
