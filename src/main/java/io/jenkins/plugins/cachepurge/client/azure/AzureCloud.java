package io.jenkins.plugins.cachepurge.client.azure;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Optional;
import java.util.stream.Stream;

/** Cloud of Microsoft, with accounts of its own. */
public enum AzureCloud {
    PUBLIC("https://management.azure.com", "https://login.microsoftonline.com"),
    US_GOVERNMENT("https://management.usgovcloudapi.net", "https://login.microsoftonline.us"),
    CHINA("https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn");

    private final ApiUrl managementUrl;
    private final ApiUrl loginUrl;

    AzureCloud(String managementUrl, String loginUrl) {
        this.managementUrl = ApiUrl.of(managementUrl);
        this.loginUrl = ApiUrl.of(loginUrl);
    }

    /** URL of Azure Resource Manager. */
    public ApiUrl managementUrl() {
        return managementUrl;
    }

    /** URL of Microsoft Entra ID. */
    public ApiUrl loginUrl() {
        return loginUrl;
    }

    /** The cloud whose Azure Resource Manager has a URL; empty if that is none of Microsoft's. */
    public static Optional<AzureCloud> of(ApiUrl managementUrl) {
        return Stream.of(values())
                .filter(cloud -> cloud.managementUrl.equals(managementUrl))
                .findFirst();
    }
}
