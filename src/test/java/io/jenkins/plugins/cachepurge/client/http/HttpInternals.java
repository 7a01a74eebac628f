package io.jenkins.plugins.cachepurge.client.http;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What is rightly hidden from all but those who carry exchanges out, for tests that carry them out without a network. */
public final class HttpInternals {

    private HttpInternals() {}

    public static Map<String, String> headers(Signer authentication) {
        return authentication.headers();
    }

    /** The Host header of a request. */
    public static String host(HttpUrl url) {
        return UnsignedRequest.host(url);
    }

    public static ApiException unreachable(ApiCall<?> call) {
        return ApiException.unreachable(
                ApiException.Kind.UNREACHABLE, call, Optional.empty(), "connection refused or no route");
    }

    /** What the transport says of a host without an address. */
    public static ApiException unknownHost(ApiCall<?> call) {
        return ApiException.unreachable(ApiException.Kind.UNKNOWN_HOST, call, Optional.empty(), "unknown host name");
    }

    /** The body of the request for a token, as it is sent at a time. */
    public static String body(TokenExchange exchange, Instant time) {
        return SignedRequest.of(exchange.call().request(), (Signer) exchange.authentication(), time)
                .body()
                .orElseThrow()
                .text();
    }
}
