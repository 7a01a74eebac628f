package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Authentication;

/** Looks up what authenticates an exchange, afresh for each one, so that no secret is kept in between. */
@FunctionalInterface
public interface SignerProvider {

    /**
     * Looks it up. May block.
     *
     * @throws CredentialsException if it cannot be found or used; one line, for the console
     */
    Authentication authentication() throws CredentialsException;

    /**
     * Looks up all that the operation may need. May block.
     *
     * @throws CredentialsException if something cannot be found or used
     */
    default void check() throws CredentialsException {
        authentication();
    }

    /**
     * The provider for a part of an operation that has several credentials.
     *
     * @param account their name, as in {@code Operation.account}; empty for those of the whole operation
     */
    default SignerProvider forAccount(String account) {
        return this;
    }

    /** Tells one credential from another, for the quotas of services; empty if there is none. Holds no secret. */
    default String credentialId() {
        return "";
    }
}
