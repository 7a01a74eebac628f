package io.jenkins.plugins.cachepurge.client.http;

/** A service said "success" but not what it promises to say, so nobody knows whether it was one. */
public final class UnreadableResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableResponseException(String message) {
        super(message);
    }
}
