package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Credentials for Gotipath's API.
 *
 * @see <a href="https://docs.gotipath.com/api-4253967">the headers, in Gotipath's documentation</a>
 */
public class GotipathApiCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String clientId;
    private final String libraryId;
    private final Secret apiKey;
    private Secret bearerToken;

    /**
     * @param scope scope of their use; null for global
     * @param id null for a new one
     */
    @DataBoundConstructor
    public GotipathApiCredentials(
            CredentialsScope scope, String id, String description, String clientId, String libraryId, Secret apiKey) {
        super(scope, id, description);
        this.clientId = clientId;
        this.libraryId = libraryId;
        this.apiKey = apiKey;
    }

    public String getClientId() {
        return clientId;
    }

    public String getLibraryId() {
        return libraryId;
    }

    public Secret getApiKey() {
        return apiKey;
    }

    /** Null if none is needed. */
    public Secret getBearerToken() {
        return bearerToken;
    }

    @DataBoundSetter
    public void setBearerToken(Secret bearerToken) {
        this.bearerToken = bearerToken == null || bearerToken.getPlainText().isBlank() ? null : bearerToken;
    }

    /** @throws IllegalArgumentException if a part of them cannot stand in a header */
    Signer authentication() {
        return GotipathClient.authentication(
                clientId,
                libraryId,
                apiKey.getPlainText(),
                Optional.ofNullable(bearerToken).map(Secret::getPlainText));
    }

    @Extension
    @Symbol("gotipathApi")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GotipathApiCredentials_displayName();
        }
    }
}
