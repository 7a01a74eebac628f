package io.jenkins.plugins.cachepurge.client.http;

/**
 * A service said HTTP 200 and, in the body, that it did not do what it was asked to. What it says of that is for the
 * call's {@link ErrorReader} to read.
 */
public final class ErrorInBodyException extends Exception {

    private static final long serialVersionUID = 1L;
}
