package io.jenkins.plugins.cachepurge.client.http;

import java.time.Instant;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * All of a request that a signature may cover.
 *
 * @param headers with {@code Content-Type} if there is a body, and those that other signers have added
 * @param body empty for none
 * @param time when it is sent, by the controller's clock
 */
public record UnsignedRequest(String method, HttpUrl url, Headers headers, ByteString body, Instant time) {

    /** The value of the header {@code Host}, which is sent with the request: the port is left out if it is the scheme's. */
    public String host() {
        return host(url);
    }

    /** The value of the header {@code Host} for a URL. */
    public static String host(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}
