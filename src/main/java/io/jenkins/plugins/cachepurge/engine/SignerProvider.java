package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Signer;

/** Finds what authenticates an exchange, afresh for each one, so that nothing secret is kept in between. */
@FunctionalInterface
public interface SignerProvider {

    /** @throws CredentialsException where it cannot be found or used; one line, for the console */
    Signer signer() throws CredentialsException;
}
