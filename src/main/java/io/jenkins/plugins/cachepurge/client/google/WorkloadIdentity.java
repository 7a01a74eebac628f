package io.jenkins.plugins.cachepurge.client.google;

import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import java.util.Optional;

/**
 * What an id token stands for at Google.
 *
 * @param provider {@code projects/123/locations/global/workloadIdentityPools/pool/providers/jenkins}
 * @param serviceAccount address of the service account whose access token is used; empty for that of the id token itself
 * @param stsUrl where the id token is exchanged
 * @param iamUrl where the access token of the service account is granted
 * @see <a href="https://docs.cloud.google.com/iam/docs/workload-identity-federation">Google: workload identity federation</a>
 */
public record WorkloadIdentity(String provider, Optional<String> serviceAccount, ApiUrl stsUrl, ApiUrl iamUrl) {

    /** The provider as an audience. */
    String audience() {
        return "//iam.googleapis.com/" + provider;
    }
}
