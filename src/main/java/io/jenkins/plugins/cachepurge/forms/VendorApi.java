package io.jenkins.plugins.cachepurge.forms;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.CredentialsReference;
import io.jenkins.plugins.cachepurge.credentials.SecretTextReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * API of a vendor: its URLs and credentials type, with the checks of what a job enters for both.
 *
 * @param service its name
 * @param vendorUrls the vendor's own URLs; the first is used if a job names none
 * @param credentialsTypes types of the credentials that a job may use; asked for each form, since other plugins may add some
 * @param credentials creates a reference from an id, which may be null
 */
public record VendorApi(
        String service,
        List<ApiUrl> vendorUrls,
        Supplier<List<Class<? extends StandardCredentials>>> credentialsTypes,
        Function<String, CredentialsReference> credentials) {

    public VendorApi {
        vendorUrls = List.copyOf(vendorUrls);
    }

    /** API with certain types of credentials. */
    public VendorApi(
            String service,
            List<ApiUrl> vendorUrls,
            List<Class<? extends StandardCredentials>> credentialsTypes,
            Function<String, CredentialsReference> credentials) {
        this(service, vendorUrls, () -> credentialsTypes, credentials);
    }

    /** API with one type of credentials. */
    public VendorApi(
            String service,
            List<ApiUrl> vendorUrls,
            Class<? extends StandardCredentials> credentialsType,
            Function<String, CredentialsReference> credentials) {
        this(service, vendorUrls, List.of(credentialsType), credentials);
    }

    /** Creates a signer from a secret. */
    @FunctionalInterface
    public interface SignerFactory {

        /** @throws IllegalArgumentException if it cannot be this service's secret; must not quote it */
        Authentication authentication(String secret);
    }

    /** API whose credentials are a "Secret text". */
    public static VendorApi withSecretText(String service, List<ApiUrl> vendorUrls, SignerFactory signers) {
        // One function for all, so that references to the same credentials are equal and their polls can be batched.
        Function<String, Authentication> scheme = signers::authentication;
        return new VendorApi(service, vendorUrls, StringCredentials.class, id -> new SecretTextReference(id, scheme));
    }

    /**
     * The API that requests are sent to.
     *
     * @param urls which URLs are approved
     * @param apiUrl null or blank for the vendor's own
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException if the URL is not approved or an id is missing
     */
    public ServiceEndpoint endpoint(UrlApproval urls, String apiUrl, String credentialsId) {
        return new ServiceEndpoint(
                urls.approvedVendorUrl(service, vendorUrls, apiUrl), credentials.apply(credentialsId));
    }

    /** Options of the field {@code credentialsId}. */
    public ListBoxModel credentialsItems(Item item, String current, String apiUrl) {
        return new JobForm(item).credentialsItems(credentialsTypes.get(), current, apiUrl);
    }

    /** Check of the field {@code apiUrl}. */
    public FormValidation checkApiUrl(Item item, String value) {
        JobForm form = new JobForm(item);
        return form.check(value, () -> form.urls().approvedVendorUrl(service, vendorUrls, value));
    }
}
