package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.client.google.GoogleCdnClient;
import io.jenkins.plugins.cachepurge.client.google.GoogleTokens;
import io.jenkins.plugins.cachepurge.client.google.WorkloadIdentity;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.GoogleReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.ConnectionCheck;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.google.GoogleCdnPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A URL map of Google Cloud CDN. */
public class GoogleCdnProvider extends VendorApiProvider {

    private static final long serialVersionUID = 1L;

    private final String project;
    private final String urlMap;
    private String workloadIdentityProvider;
    private String serviceAccount;

    /**
     * @param credentialsId a secret file with the JSON key of a service account; or an id token
     * @param project id or number of the project
     * @param urlMap name of a global URL map
     */
    @DataBoundConstructor
    public GoogleCdnProvider(String credentialsId, String project, String urlMap) {
        super(credentialsId);
        this.project = project;
        this.urlMap = urlMap;
    }

    public String getProject() {
        return project;
    }

    public String getUrlMap() {
        return urlMap;
    }

    /** Provider that accepts the id token; null for a JSON key. */
    public String getWorkloadIdentityProvider() {
        return workloadIdentityProvider;
    }

    @DataBoundSetter
    public void setWorkloadIdentityProvider(String workloadIdentityProvider) {
        this.workloadIdentityProvider = Util.fixEmptyAndTrim(workloadIdentityProvider);
    }

    /** Service account as which an id token acts; null for the identity of the id token itself. */
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(String serviceAccount) {
        this.serviceAccount = Util.fixEmptyAndTrim(serviceAccount);
    }

    @Override
    public CdnTarget target(BuildContext context) {
        ServiceEndpoint endpoint = ((DescriptorImpl) getDescriptor())
                .endpoint(
                        context.urls(),
                        getCredentialsId(),
                        context.expand(getApiUrl()),
                        context.expand(workloadIdentityProvider),
                        context.expand(serviceAccount));
        return new Target(
                new GoogleCdnClient(
                        endpoint.url(),
                        GoogleCdnPurge.project(context.expand(project)),
                        GoogleCdnPurge.urlMap(context.expand(urlMap))),
                endpoint);
    }

    private record Target(GoogleCdnClient client, ServiceEndpoint endpoint) implements CdnTarget {

        @Override
        public String name() {
            return client.urlMap();
        }

        @Override
        public Operation<?, PurgeResult> purge(PurgeSelection selection, PurgeOptions options) {
            return new GoogleCdnPurge(client, selection, options).operation();
        }
    }

    @Extension
    @Symbol(GoogleCdnPurge.PROVIDER)
    public static class DescriptorImpl extends VendorApiDescriptor {

        private static final Pattern IDENTITY_PROVIDER = Pattern.compile(
                "projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+/providers/[a-z0-9-]+");
        private static final Pattern SERVICE_ACCOUNT = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+");

        public DescriptorImpl() {
            super(new VendorApi(
                    GoogleCdnClient.SERVICE,
                    GoogleCdnClient.VENDOR_URLS,
                    GoogleReference.TYPES,
                    id -> new GoogleReference(id, Optional.empty(), GoogleTokens.OAUTH_URL::contains)));
        }

        private static boolean mayReceiveKeys(UrlApproval urls, ApiUrl url) {
            return GoogleTokens.OAUTH_URL.contains(url) || urls.isApproved(url);
        }

        private ServiceEndpoint endpoint(
                UrlApproval urls, String credentialsId, String apiUrl, String identityProvider, String serviceAccount) {
            ApiUrl url = urls.approvedVendorUrl(GoogleCdnClient.SERVICE, GoogleCdnClient.VENDOR_URLS, apiUrl);
            Optional<WorkloadIdentity> identity = identity(url, identityProvider, serviceAccount);
            return new ServiceEndpoint(
                    url, new GoogleReference(credentialsId, identity, used -> mayReceiveKeys(urls, used)));
        }

        /** Behind an address of one's own, all of Google's APIs are found. */
        private static Optional<WorkloadIdentity> identity(ApiUrl url, String identityProvider, String serviceAccount) {
            if (Util.fixEmptyAndTrim(identityProvider) == null) {
                return Optional.empty();
            }
            boolean own = GoogleCdnClient.VENDOR_URLS.contains(url);
            return Optional.of(new WorkloadIdentity(
                    identityProvider(identityProvider),
                    Optional.ofNullable(Util.fixEmptyAndTrim(serviceAccount)).map(DescriptorImpl::serviceAccount),
                    own ? GoogleTokens.STS_URL : url,
                    own ? GoogleTokens.IAM_URL : url));
        }

        private static String identityProvider(String text) {
            return new InputField("workloadIdentityProvider", text).matching(IDENTITY_PROVIDER, "google.provider");
        }

        private static String serviceAccount(String text) {
            return new InputField("serviceAccount", text).matching(SERVICE_ACCOUNT, "google.serviceAccount");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GoogleCdnProvider_displayName();
        }

        @Override
        public PurgeCapabilities capabilities() {
            return PurgeCapabilities.of(
                    SelectionType.PATHS,
                    SelectionType.PREFIXES,
                    SelectionType.TAGS,
                    SelectionType.HOSTS,
                    SelectionType.ALL);
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> GoogleCdnPurge.project(value));
        }

        @POST
        public FormValidation doCheckUrlMap(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> GoogleCdnPurge.urlMap(value));
        }

        @POST
        public FormValidation doCheckWorkloadIdentityProvider(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? "" : identityProvider(value));
        }

        @POST
        public FormValidation doCheckServiceAccount(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? "" : serviceAccount(value));
        }

        /** Reads the URL map. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String project,
                @QueryParameter String urlMap,
                @QueryParameter String workloadIdentityProvider,
                @QueryParameter String serviceAccount,
                @QueryParameter String apiUrl) {
            JobForm form = new JobForm(item);
            return form.testConnection(() -> {
                ServiceEndpoint endpoint =
                        endpoint(form.urls(), credentialsId, apiUrl, workloadIdentityProvider, serviceAccount);
                GoogleCdnClient client = new GoogleCdnClient(
                        endpoint.url(), GoogleCdnPurge.project(project), GoogleCdnPurge.urlMap(urlMap));
                return new ConnectionCheck<>(
                        client.urlMapName(), endpoint, found -> Messages.GoogleCdnProvider_connected(found));
            });
        }
    }
}
