package io.jenkins.plugins.cachepurge.client.http;

/** Thrown if a successful response has not the documented body, so that its meaning is unknown. */
public final class UnreadableResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableResponseException(String message) {
        super(message);
    }
}
