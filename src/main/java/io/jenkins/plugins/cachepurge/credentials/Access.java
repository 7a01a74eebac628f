package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.operation.Authenticator;

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
        return () -> credentials.authenticate(source, url);
    }
}
