package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.VendorApi;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Provider for a CDN whose API a vendor runs, with one kind of credentials. */
public abstract class VendorApiProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String apiUrl;

    /** @param credentialsId of the type that the API needs */
    protected VendorApiProvider(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    public final String getCredentialsId() {
        return credentialsId;
    }

    /** Null for the vendor's own. */
    public final String getApiUrl() {
        return apiUrl;
    }

    @DataBoundSetter
    public final void setApiUrl(String apiUrl) {
        this.apiUrl = Util.fixEmptyAndTrim(apiUrl);
    }

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the URL is not approved */
    protected final ServiceEndpoint endpoint(BuildContext context) {
        return ((VendorApiDescriptor) getDescriptor())
                .api()
                .endpoint(context.urls(), context.expand(apiUrl), credentialsId);
    }

    /** Base of the descriptors of these CDNs. */
    public abstract static class VendorApiDescriptor extends CdnProviderDescriptor {

        private final VendorApi api;

        protected VendorApiDescriptor(VendorApi api) {
            this.api = api;
        }

        protected final VendorApi api() {
            return api;
        }

        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return api.credentialsItems(item, credentialsId, apiUrl);
        }

        @POST
        public final FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return api.checkApiUrl(item, value);
        }
    }
}
