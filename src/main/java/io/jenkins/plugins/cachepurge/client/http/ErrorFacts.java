package io.jenkins.plugins.cachepurge.client.http;

import java.io.Serializable;
import java.time.Duration;

/** Further properties of a failure. */
record ErrorFacts(int status, String code, String serviceMessage, Duration retryAfter, boolean tokenRefused)
        implements Serializable {
    static final ErrorFacts NONE = new ErrorFacts(0, null, "", null, false);

    ErrorFacts withStatus(int status) {
        return new ErrorFacts(status, code, serviceMessage, retryAfter, tokenRefused);
    }

    ErrorFacts withServiceMessage(String serviceMessage) {
        return new ErrorFacts(status, code, serviceMessage, retryAfter, tokenRefused);
    }
}
