package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.Authenticator;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;

/**
 * Where a service is, and as whom it is spoken to.
 *
 * @param url approved for the service
 */
public record Access(ApiUrl url, CredentialsUse credentials) {

    /** What authenticates one operation of a build. */
    public Authenticator forBuild(Run<?, ?> run) {
        return from(CredentialsSource.of(run));
    }

    Authenticator from(CredentialsSource source) {
        return new From(this, source);
    }

    private record From(Access access, CredentialsSource source) implements Authenticator {
        @Override
        public Authentication authenticate() throws CredentialsException {
            return access.credentials().authenticate(source, access.url());
        }
    }
}
