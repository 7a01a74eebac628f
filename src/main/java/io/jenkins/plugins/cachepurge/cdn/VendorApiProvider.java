package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A CDN whose API wants one secret, which is kept as a "Secret text". */
public abstract class VendorApiProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String apiUrl;

    /** @param credentialsId a secret text */
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

    /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where nobody approved the URL */
    protected final ServiceEndpoint access(UnaryOperator<String> expand) {
        return ((TokenProviderDescriptor) getDescriptor()).access(expand.apply(apiUrl), credentialsId);
    }

    /** What the forms of these CDNs have in common. */
    public abstract static class TokenProviderDescriptor extends CdnProviderDescriptor {

        private final String service;
        private final List<ApiUrl> vendorUrls;
        private final Scheme scheme;

        /** How a service wants the secret. */
        @FunctionalInterface
        public interface Scheme {

            /** @throws IllegalArgumentException where it cannot be this service's secret; must not quote it */
            Signer authentication(String secret);
        }

        /**
         * @param service its name, as its client has it
         * @param vendorUrls its own APIs; the first is used where a job names none
         */
        protected TokenProviderDescriptor(String service, List<ApiUrl> vendorUrls, Scheme scheme) {
            this.service = service;
            this.vendorUrls = vendorUrls;
            this.scheme = scheme;
        }

        /** @throws io.jenkins.plugins.cachepurge.input.InvalidInputException where nobody approved the URL */
        protected final ServiceEndpoint access(String apiUrl, String credentialsId) {
            return new ServiceEndpoint(approved(apiUrl), new SecretTextReference(credentialsId, scheme::authentication));
        }

        private ApiUrl approved(String apiUrl) {
            return CachePurgeConfiguration.get().approve(service, vendorUrls, apiUrl);
        }

        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new JobForm(item).credentialsItems(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public final FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> approved(value));
        }
    }
}
