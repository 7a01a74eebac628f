package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.Authentication;

/** Finds what authenticates an exchange, afresh for each one, so that nothing secret is kept in between. */
@FunctionalInterface
public interface Authenticator {

    /** @throws CredentialsException where it cannot be found or used; one line, for the console */
    Authentication authenticate() throws CredentialsException;
}
