package io.jenkins.plugins.cachepurge.credentials;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.operation.CredentialsException;

/** What credentials a job names, and how a service wants them. Holds their id only. */
public interface CredentialsUse {

    /**
     * Looks the credentials up for one exchange.
     *
     * @param url where they are to be sent, which may be what limits them to some domain
     * @param first true for the first exchange of an operation, whose use is recorded
     * @throws CredentialsException where the build cannot use them
     */
    Authentication authenticate(Run<?, ?> run, ApiUrl url, boolean first) throws CredentialsException;

    /** For a service that asks for none. */
    static CredentialsUse none() {
        return (run, url, first) -> Authentication.NONE;
    }
}
