package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Record of how far a request got: the proxy it was given to, whether there was a connection (before that the service
 * cannot have received it), and the status of the response.
 */
final class ConnectionTrace {

    /**
     * Statuses on which OkHttp sends a request again by itself, at once and also if it is not idempotent, such as a GET
     * that purges (RetryAndFollowUpInterceptor).
     */
    private static final Set<Integer> REPEATED = Set.of(408, 421, 503);

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** A status that OkHttp does nothing about. */
    private static final int NEUTRAL = 500;

    private volatile Proxy proxy = Proxy.NO_PROXY;
    private volatile boolean connected;
    private volatile int status;
    private volatile boolean loginAskedFor;

    /** Has a client keep the traces of its requests. */
    static OkHttpClient.Builder applyTo(OkHttpClient.Builder builder) {
        return builder.eventListener(new ConnectionListener()).addNetworkInterceptor(new ResponseInterceptor());
    }

    /** True if there was a connection, so that the service may have received the request. */
    boolean isConnected() {
        return connected;
    }

    /** The HTTP proxy that received the request, such as {@code proxy.example.org:3128}. */
    Optional<String> proxy() {
        return proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address
                ? Optional.of(address.getHostString() + ":" + address.getPort())
                : Optional.empty();
    }

    /** The status that was received, which the response itself may not have any more. */
    int status() {
        return status;
    }

    /** True if the response is from the proxy, which requires a login, instead of the service. */
    boolean isLoginAskedFor() {
        return loginAskedFor;
    }

    private static Optional<ConnectionTrace> of(Request request) {
        return Optional.ofNullable(request.tag(ConnectionTrace.class));
    }

    /** Records the proxy before there is a connection. */
    private static final class ConnectionListener extends EventListener {

        @Override
        public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
            of(call.request()).ifPresent(trace -> trace.proxy = proxies.get(0));
        }

        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            of(call.request()).ifPresent(trace -> trace.proxy = proxy);
        }
    }

    /**
     * Runs between the handshake and the first byte of the request. Hides each status from OkHttp that would make it
     * repeat the request, except the login that a proxy requires.
     */
    private static final class ResponseInterceptor implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            Optional<ConnectionTrace> known = of(chain.request());
            if (known.isEmpty()) {
                return chain.proceed(chain.request());
            }
            ConnectionTrace trace = known.get();
            Route route = Optional.ofNullable(chain.connection())
                    .map(Connection::route)
                    .orElseThrow();
            trace.proxy = route.proxy();
            trace.connected = true;
            Response response = chain.proceed(chain.request());
            trace.status = response.code();
            trace.loginAskedFor = isLoginAskedFor(response, route);
            if (trace.loginAskedFor) {
                trace.connected = false;
                return response;
            }
            return isActedOn(response.code())
                    ? response.newBuilder().code(NEUTRAL).build()
                    : response;
        }

        /** A proxy that requires a login has forwarded nothing. */
        private static boolean isLoginAskedFor(Response response, Route route) {
            return response.code() == PROXY_AUTHENTICATION_REQUIRED
                    && response.header("Proxy-Authenticate") != null
                    && route.proxy().type() == Proxy.Type.HTTP
                    && !route.requiresTunnel();
        }

        /** A 407 of a service itself must not get it the proxy's login. */
        private static boolean isActedOn(int status) {
            return REPEATED.contains(status) || status == PROXY_AUTHENTICATION_REQUIRED;
        }
    }
}
