package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Limits of every exchange, with any service. */
public final class HttpLimits {

    /** Timeout of connecting. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Timeout of one exchange, from the connection to the last byte of the response. */
    public static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(60);

    /** Maximum size of a response's body, after decompression. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** More than the quotas allow: an exchange that waits in OkHttp could be reported as lost. */
    private static final int MAX_CONCURRENT_EXCHANGES = 64;

    /**
     * Time for which a connection is kept for the next exchange: less than the 5 s after which common servers drop it,
     * since a request on a dropped one fails.
     */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(4);

    private static final int MAX_IDLE_CONNECTIONS = 8;

    private HttpLimits() {}

    /** Lets the quotas decide how many exchanges are under way. */
    public static Dispatcher applyTo(Dispatcher dispatcher) {
        dispatcher.setMaxRequests(MAX_CONCURRENT_EXCHANGES);
        dispatcher.setMaxRequestsPerHost(MAX_CONCURRENT_EXCHANGES);
        return dispatcher;
    }

    /**
     * Configures a client. Redirects are not followed, since authentication headers would be sent along. OkHttp's
     * silent retry is off, since only the operation determines what may be sent twice. The timeout of the whole
     * exchange also ends reads and writes: separate timeouts would need three more timers for each exchange.
     */
    public static OkHttpClient.Builder applyTo(OkHttpClient.Builder builder) {
        return builder.connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(EXCHANGE_TIMEOUT)
                .connectionPool(
                        new ConnectionPool(MAX_IDLE_CONNECTIONS, IDLE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false);
    }
}
