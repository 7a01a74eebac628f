package io.jenkins.plugins.cachepurge.client.agent;

import java.io.IOException;

/** Thrown for a response that breaks the rules of HTTP/1.1. The message quotes nothing of it. */
final class BrokenResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenResponseException(String message) {
        super(message);
    }
}
