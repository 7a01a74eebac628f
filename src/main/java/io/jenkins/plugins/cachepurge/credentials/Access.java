package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.Authenticator;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where a service is, and as whom it is spoken to.
 *
 * @param url approved for the service
 */
public record Access(ApiUrl url, CredentialsUse credentials) {

    /** What authenticates one operation of a build; only its first exchange records that the credentials were used. */
    public Authenticator forBuild(Run<?, ?> run) {
        AtomicBoolean first = new AtomicBoolean(true);
        return () -> authenticate(run, first.getAndSet(false));
    }

    private Authentication authenticate(Run<?, ?> run, boolean first) throws CredentialsException {
        return credentials.authenticate(run, url, first);
    }
}
