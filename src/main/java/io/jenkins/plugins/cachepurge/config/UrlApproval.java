package io.jenkins.plugins.cachepurge.config;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.util.List;

/** Approval of URLs, besides the vendors' own, that requests with credentials may be sent to. */
@FunctionalInterface
public interface UrlApproval {

    /** Approval of every URL, for what an administrator has entered. */
    UrlApproval ANY = url -> true;

    /** Whether requests may be sent to it. */
    boolean isApproved(ApiUrl url);

    /**
     * The URL of a vendor's API.
     *
     * @param service its name, for the message
     * @param vendorUrls the vendor's own, which need no approval; the first is the default
     * @param text the entered URL; null or blank for the default
     * @throws InvalidInputException if it is neither the vendor's own nor approved
     */
    default ApiUrl approvedVendorUrl(String service, List<ApiUrl> vendorUrls, String text) {
        return text == null || text.isBlank()
                ? vendorUrls.get(0)
                : approvedVendorUrl("apiUrl", service, vendorUrls, text);
    }

    /**
     * The same for a parameter that has another default.
     *
     * @param field the parameter
     * @throws InvalidInputException if it is neither the vendor's own nor approved
     */
    default ApiUrl approvedVendorUrl(String field, String service, List<ApiUrl> vendorUrls, String text) {
        ApiUrl url = ApiUrl.of(new InputField(field, text));
        if (vendorUrls.stream().noneMatch(base -> base.contains(url)) && !isApproved(url)) {
            throw new InvalidInputException(
                    field, LocalizedText.of("apiUrl.unapproved", PrintableText.quote(url.toString()), service));
        }
        return url;
    }

    /**
     * The URL of something that has no vendor's.
     *
     * @param field the parameter that names it
     * @param example such a URL, for the message
     * @throws InvalidInputException if it is not approved
     */
    default ApiUrl approvedUrl(String field, String text, String example) {
        ApiUrl url = ApiUrl.of(new InputField(field, text), example);
        if (!isApproved(url)) {
            throw new InvalidInputException(
                    field, LocalizedText.of("url.unapproved", PrintableText.quote(url.toString())));
        }
        return url;
    }
}
