package io.jenkins.plugins.cachepurge.cdn;

import hudson.Util;
import io.jenkins.plugins.cachepurge.client.azure.AzureCloud;
import io.jenkins.plugins.cachepurge.client.azure.AzureFrontDoorClient;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.credentials.AzureReference;
import io.jenkins.plugins.cachepurge.credentials.ServiceEndpoint;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.Optional;

/**
 * Checks of the parameters that say where Azure is and who logs in. Each throws an {@link InvalidInputException} that names
 * the parameter.
 */
final class AzureInput {

    static final String LOGIN_URL = "loginUrl";

    private AzureInput() {}

    /** Azure Resource Manager, with credentials for it. */
    static ServiceEndpoint endpoint(
            UrlApproval urls, String credentialsId, String apiUrl, String loginUrl, String tenantId, String clientId) {
        return new ServiceEndpoint(
                apiUrl(urls, apiUrl),
                new AzureReference(
                        credentialsId,
                        loginUrl(urls, apiUrl, loginUrl),
                        new InputField("tenantId", tenantId).asUuid(),
                        clientId(clientId)));
    }

    private static ApiUrl apiUrl(UrlApproval urls, String text) {
        return urls.approvedVendorUrl(AzureFrontDoorClient.SERVICE, AzureFrontDoorClient.VENDOR_URLS, text);
    }

    /**
     * URL of Microsoft Entra ID.
     *
     * @param text null or blank for that of the cloud of {@code apiUrl}
     */
    static ApiUrl loginUrl(UrlApproval urls, String apiUrl, String text) {
        if (Util.fixEmptyAndTrim(text) != null) {
            return urls.approvedUrl(
                    LOGIN_URL, text, AzureCloud.PUBLIC.loginUrl().toString());
        }
        return AzureCloud.of(apiUrl(urls, apiUrl))
                .map(AzureCloud::loginUrl)
                .orElseThrow(() -> new InvalidInputException(LOGIN_URL, LocalizedText.of("azure.loginUrl.missing")));
    }

    /** @param text null or blank for none */
    static Optional<String> clientId(String text) {
        return Optional.ofNullable(Util.fixEmptyAndTrim(text)).map(id -> new InputField("clientId", id).asUuid());
    }
}
