package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.cachepurge.client.cloudfront.AwsEndpoints;
import io.jenkins.plugins.cachepurge.client.http.OtherPluginCredentials;
import java.util.List;
import java.util.Optional;

/**
 * Type of credentials of another plugin that knows AWS keys.
 *
 * @param <C> the type; named here, since Jenkins then leaves the source out where the plugin is missing
 */
public interface AwsKeyCredentialsType<C extends StandardCredentials> extends ExtensionPoint {

    Class<C> type();

    /** Its name in Jenkins' pages. */
    String displayName();

    /**
     * How such credentials are asked for their keys. Does not ask yet.
     *
     * @param endpoints where requests with these keys are sent
     */
    OtherPluginCredentials pluginCredentials(C credentials, AwsEndpoints endpoints);

    private Optional<OtherPluginCredentials> pluginCredentialsOf(
            StandardCredentials credentials, AwsEndpoints endpoints) {
        return type().isInstance(credentials)
                ? Optional.of(pluginCredentials(type().cast(credentials), endpoints))
                : Optional.empty();
    }

    /** The sources of all plugins that are installed. */
    @SuppressWarnings("unchecked")
    static List<AwsKeyCredentialsType<?>> all() {
        return (List<AwsKeyCredentialsType<?>>) (List<?>) ExtensionList.lookup(AwsKeyCredentialsType.class);
    }

    /** Empty if no other plugin has to be asked for the keys. */
    static Optional<OtherPluginCredentials> find(StandardCredentials credentials, AwsEndpoints endpoints) {
        return all().stream()
                .flatMap(source -> source.pluginCredentialsOf(credentials, endpoints).stream())
                .findFirst();
    }
}
