package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridCredentials;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Credentials of an API client of Akamai, which Akamai gives out as four values.
 *
 * @see <a href="https://techdocs.akamai.com/developer/docs/set-up-authentication-credentials">Akamai: credentials</a>
 */
public class AkamaiApiCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final Secret clientToken;
    private final Secret clientSecret;
    private final Secret accessToken;

    /**
     * @param scope scope of their use; null for global
     * @param id null for a new one
     * @param host such as {@code akab-….luna.akamaiapis.net}
     */
    @DataBoundConstructor
    public AkamaiApiCredentials(
            CredentialsScope scope,
            String id,
            String description,
            String host,
            Secret clientToken,
            Secret clientSecret,
            Secret accessToken) {
        super(scope, id, description);
        this.host = host;
        this.clientToken = clientToken;
        this.clientSecret = clientSecret;
        this.accessToken = accessToken;
    }

    public String getHost() {
        return host;
    }

    public Secret getClientToken() {
        return clientToken;
    }

    public Secret getClientSecret() {
        return clientSecret;
    }

    public Secret getAccessToken() {
        return accessToken;
    }

    /** @throws IllegalArgumentException if a part of them cannot be one of Akamai's; quotes none but the host */
    EdgeGridCredentials values() {
        return EdgeGridCredentials.of(
                host, Secret.toString(clientToken), Secret.toString(clientSecret), Secret.toString(accessToken));
    }

    @Extension
    @Symbol("akamaiApi")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AkamaiApiCredentials_displayName();
        }

        /** Says nothing of the URL but whether it is one, so it needs no permission. */
        @POST
        public FormValidation doCheckHost(@QueryParameter String value) {
            return EdgeGridCredentials.isHost(value)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.AkamaiApiCredentials_host());
        }
    }
}
