package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The limits that hold for every exchange, whatever service it is with. */
public final class HttpLimits {

    /** For a connection to come about. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** For one exchange, from the connection to the last byte of the answer. */
    public static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(60);

    /** Of an answer's body, after decompression. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** More than the quotas allow, which decide what is sent: an exchange that waits here could be reported as lost. */
    private static final int MAX_CONCURRENT_EXCHANGES = 64;

    /**
     * How long a connection is kept for the next exchange: less than the 5 s after which common servers drop it, since a
     * request on a dropped one fails.
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
     * Redirects are not followed because the services' own authentication headers would travel along to wherever they
     * point; OkHttp's silent retry is off because only the driver knows what may be sent twice. The limit of the whole
     * exchange ends a read or a write as well: limits of their own would be three more timers for each exchange.
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
