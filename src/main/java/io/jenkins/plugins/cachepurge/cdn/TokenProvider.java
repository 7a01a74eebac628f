package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.Access;
import io.jenkins.plugins.cachepurge.credentials.FormAccess;
import io.jenkins.plugins.cachepurge.credentials.SecretText;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A CDN whose API wants one secret, which is kept as a "Secret text". */
public abstract class TokenProvider extends CdnProvider {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String apiUrl;

    /** @param credentialsId a secret text */
    protected TokenProvider(String credentialsId) {
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

    /** @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where nobody approved the URL */
    protected final Access access(UnaryOperator<String> expand) {
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
            Authentication authentication(String secret);
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

        /** @throws io.jenkins.plugins.cachepurge.operation.InvalidInputException where nobody approved the URL */
        protected final Access access(String apiUrl, String credentialsId) {
            return new Access(approved(apiUrl), new SecretText(credentialsId, scheme::authentication));
        }

        private ApiUrl approved(String apiUrl) {
            return CachePurgeConfiguration.get().approve(service, vendorUrls, apiUrl);
        }

        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String apiUrl) {
            return new FormAccess(item).credentials(StringCredentials.class, credentialsId, apiUrl);
        }

        @POST
        public final FormValidation doCheckApiUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new FormAccess(item).check(value, () -> approved(value));
        }
    }
}
