package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.azure.AzureCloud;
import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.credentials.AzureReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.azure.AzureFrontDoorPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An endpoint of Azure Front Door Standard or Premium. */
public class AzureFrontDoorProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String tenantId;
    private final String subscriptionId;
    private final String resourceGroup;
    private final String profile;
    private final String endpoint;
    private ArrayList<String> domains;
    private String clientId;
    private String loginUrl;

    /**
     * @param credentialsId a user name with password: client id and client secret; or an id token
     * @param tenantId UUID of the tenant of the application
     * @param subscriptionId a UUID
     * @param endpoint its name, which is not its host
     */
    @DataBoundConstructor
    public AzureFrontDoorProvider(
            String credentialsId,
            String tenantId,
            String subscriptionId,
            String resourceGroup,
            String profile,
            String endpoint) {
        super(credentialsId);
        this.tenantId = tenantId;
        this.subscriptionId = subscriptionId;
        this.resourceGroup = resourceGroup;
        this.profile = profile;
        this.endpoint = endpoint;
    }

    public String getTenantId() {
        return tenantId;
    }

    public String getSubscriptionId() {
        return subscriptionId;
    }

    public String getResourceGroup() {
        return resourceGroup;
    }

    public String getProfile() {
        return profile;
    }

    public String getEndpoint() {
        return endpoint;
    }

    /** Names of hosts; none for the endpoint's own. */
    public List<String> getDomains() {
        return domains == null ? List.of() : List.copyOf(domains);
    }

    @DataBoundSetter
    public void setDomains(List<String> domains) {
        this.domains = domains == null || domains.isEmpty() ? null : new ArrayList<>(domains);
    }

    /** Names of hosts, one per line, for the form. */
    public String getLines() {
        return String.join("\n", getDomains());
    }

    /** Client id of the application that trusts the id token; null for a user name with password. */
    public String getClientId() {
        return clientId;
    }

    @DataBoundSetter
    public void setClientId(String clientId) {
        this.clientId = Util.fixEmptyAndTrim(clientId);
    }

    /** URL of Microsoft Entra ID; null for that of the cloud of {@code apiUrl}. */
    public String getLoginUrl() {
        return loginUrl;
    }

    @DataBoundSetter
    public void setLoginUrl(String loginUrl) {
        this.loginUrl = Util.fixEmptyAndTrim(loginUrl);
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint azure = AzureInput.endpoint(
                context.urls(),
                getCredentialsId(),
                context.expand(getApiUrl()),
                context.expand(loginUrl),
                context.expand(tenantId),
                context.expand(clientId));
        return new AzureFrontDoorTarget(
                DescriptorImpl.client(
                        azure.url(),
                        context.expand(subscriptionId),
                        context.expand(resourceGroup),
                        context.expand(profile),
                        context.expand(endpoint)),
                getDomains().stream()
                        .map(context::expand)
                        .map(AzureFrontDoorPurge::domain)
                        .distinct()
                        .toList(),
                azure);
    }

    @Extension
    @Symbol(AzureFrontDoorPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        private static final String DOMAINS = "domains";

        /** Azure takes ten minutes and more. */
        private static final int DEFAULT_TIMEOUT = 3_600;

        public DescriptorImpl() {
            super(new VendorApi(
                    AzureFrontDoorClient.SERVICE,
                    AzureFrontDoorClient.VENDOR_URLS,
                    AzureReference.TYPES,
                    id -> new AzureReference(id, AzureCloud.PUBLIC.loginUrl(), "", Optional.empty())));
        }

        @Override
        public int defaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        private static AzureFrontDoorClient client(
                ApiUrl url, String subscriptionId, String resourceGroup, String profile, String endpoint) {
            return new AzureFrontDoorClient(
                    url,
                    new InputField("subscriptionId", subscriptionId).asUuid(),
                    AzureFrontDoorPurge.resourceGroup(resourceGroup),
                    AzureFrontDoorPurge.profile(profile),
                    AzureFrontDoorPurge.endpoint(endpoint));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AzureFrontDoorProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(SelectionType.PATHS, SelectionType.PREFIXES, SelectionType.ALL);
        }

        /** The form has one text with a domain per line. */
        @Override
        public CdnProvider newInstance(StaplerRequest2 req, JSONObject form) throws Descriptor.FormException {
            List<String> lines = InputField.nonBlankLines(form.optString(DOMAINS));
            form.put(DOMAINS, JSONArray.fromObject(lines));
            return super.newInstance(req, form);
        }

        @POST
        public FormValidation doCheckTenantId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("tenantId", value).asUuid());
        }

        @POST
        public FormValidation doCheckSubscriptionId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> new InputField("subscriptionId", value).asUuid());
        }

        @POST
        public FormValidation doCheckResourceGroup(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> AzureFrontDoorPurge.resourceGroup(value));
        }

        @POST
        public FormValidation doCheckProfile(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> AzureFrontDoorPurge.profile(value));
        }

        @POST
        public FormValidation doCheckEndpoint(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> AzureFrontDoorPurge.endpoint(value));
        }

        @POST
        public FormValidation doCheckDomains(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item)
                    .check(
                            value,
                            () -> InputField.nonBlankLines(value).stream()
                                    .map(AzureFrontDoorPurge::domain)
                                    .toList());
        }

        @POST
        public FormValidation doCheckClientId(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> AzureInput.clientId(value));
        }

        /** Microsoft's clouds need none. */
        @POST
        public FormValidation doCheckLoginUrl(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.checkOnly(
                    AzureInput.LOGIN_URL, value + apiUrl, () -> AzureInput.loginUrl(form.urls(), apiUrl, value));
        }

        /** Reads the endpoint. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String tenantId,
                @QueryParameter String subscriptionId,
                @QueryParameter String resourceGroup,
                @QueryParameter String profile,
                @QueryParameter String endpoint,
                @QueryParameter String clientId,
                @QueryParameter String loginUrl,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                ServiceEndpoint azure =
                        AzureInput.endpoint(form.urls(), credentialsId, apiUrl, loginUrl, tenantId, clientId);
                AzureFrontDoorClient client = client(azure.url(), subscriptionId, resourceGroup, profile, endpoint);
                return new ConnectionCheck<>(
                        client.endpointInfo(),
                        azure,
                        found -> Messages.AzureFrontDoorProvider_connected(found.name(), found.hostName()));
            });
        }
    }
}
