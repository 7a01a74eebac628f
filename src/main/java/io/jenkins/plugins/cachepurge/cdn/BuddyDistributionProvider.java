package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyDistributionClient;
import io.jenkins.plugins.cachepurge.client.buddy.BuddyRouteRef;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyRoutePurge;
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

/**
 * Route of a Buddy distribution.
 *
 * @see BuddyDistributionClient facts about the API, and their sources
 */
public class BuddyDistributionProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String workspace;
    private final String distributionId;
    private final String routeId;
    private String project;

    /**
     * @param credentialsId a secret text with a personal access token
     * @param workspace the workspace's domain
     * @param distributionId as Buddy shows it
     * @param routeId as Buddy shows it
     */
    @DataBoundConstructor
    public BuddyDistributionProvider(String credentialsId, String workspace, String distributionId, String routeId) {
        super(credentialsId);
        this.workspace = workspace;
        this.distributionId = distributionId;
        this.routeId = routeId;
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
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = endpoint(context);
        BuddyRouteRef route = DescriptorImpl.route(
                context.expand(workspace),
                context.expand(project),
                context.expand(distributionId),
                context.expand(routeId));
        return new Target(new BuddyDistributionClient(endpoint.url()), route, endpoint);
    }

    private record Target(BuddyDistributionClient client, BuddyRouteRef route, ServiceEndpoint endpoint)
            implements CdnTarget {

        @Override
        public String name() {
            return route.routeId();
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return BuddyRoutePurge.of(client, route, selection).operation();
        }
    }

    @Extension
    @Symbol(BuddyRoutePurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        public DescriptorImpl() {
            super(VendorApi.withSecretText(BuddyClient.SERVICE, BuddyClient.VENDOR_URLS, Signer::bearer));
        }

        private static BuddyRouteRef route(String workspace, String project, String distributionId, String routeId) {
            String owner = Util.fixEmptyAndTrim(project);
            return new BuddyRouteRef(
                    new InputField("workspace", workspace).asName(),
                    owner == null ? null : new InputField("project", owner).asName(),
                    new InputField("distributionId", distributionId).asName(),
                    new InputField("routeId", routeId).asName());
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.PATHS, SelectionType.PREFIXES, SelectionType.ALL);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuddyDistributionProvider_displayName();
        }

        @POST
        public FormValidation doCheckWorkspace(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("workspace", value).asName());
        }

        @POST
        public FormValidation doCheckDistributionId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("distributionId", value).asName());
        }

        @POST
        public FormValidation doCheckRouteId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("routeId", value).asName());
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : new JobForm(item).check(value, () -> new InputField("project", value).asName());
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
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                BuddyRouteRef route = route(workspace, project, distributionId, routeId);
                ServiceEndpoint endpoint = api().endpoint(form.urls(), apiUrl, credentialsId);
                return new ConnectionCheck<>(
                        new BuddyDistributionClient(endpoint.url()).route(route),
                        endpoint,
                        found -> Messages.BuddyDistributionProvider_connected(found.id(), found.address()));
            });
        }
    }
}
