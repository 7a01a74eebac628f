package io.jenkins.plugins.cachepurge.client.azure;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import okhttp3.HttpUrl;

/**
 * Application (service principal) of Microsoft Entra ID, for which access tokens are granted.
 *
 * @param loginUrl URL of Microsoft Entra ID
 * @param tenantId a UUID or domain
 * @param clientId a UUID
 * @param managementUrl the API for which the access tokens are
 */
public record AzureApplication(ApiUrl loginUrl, String tenantId, String clientId, ApiUrl managementUrl) {

    HttpUrl tokenUrl() {
        return loginUrl.resolve(tenantId, "oauth2", "v2.0", "token");
    }

    String scope() {
        return managementUrl + "/.default";
    }
}
