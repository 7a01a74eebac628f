package io.jenkins.plugins.cachepurge.client.http;

/** Thrown if a response with HTTP 200 has an error in its body, which the call's {@link ErrorReader} then reads. */
public final class ErrorInBodyException extends Exception {

    private static final long serialVersionUID = 1L;
}
