package io.jenkins.plugins.cachepurge.client.http;

import java.util.List;
import java.util.Map;

/**
 * What authenticates one request.
 *
 * @param headers added to the request
 * @param secrets what of it must never be printed
 */
public record AuthenticationHeaders(Map<String, String> headers, List<String> secrets) {

    public AuthenticationHeaders {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "AuthenticationHeaders" + headers.keySet();
    }
}
