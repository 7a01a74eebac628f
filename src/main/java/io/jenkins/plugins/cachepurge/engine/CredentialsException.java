package io.jenkins.plugins.cachepurge.engine;

/** Credentials are missing, of the wrong type, or cannot be sent. The message names them by id, never by content. */
public final class CredentialsException extends Exception {

    private static final long serialVersionUID = 1L;

    public CredentialsException(String message) {
        super(message);
    }
}
