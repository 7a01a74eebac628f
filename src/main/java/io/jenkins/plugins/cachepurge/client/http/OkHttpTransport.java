package io.jenkins.plugins.cachepurge.client.http;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.io.IOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Transport over HTTP with OkHttp, whose dispatcher keeps a slow service from delaying others. */
public final class OkHttpTransport implements ApiTransport {

    private final CertificateVerifier certificates;
    private final OkHttpClient client;
    private final OkHttpClient direct;
    private final TrustingClients trusting = new TrustingClients();
    private final String userAgent;
    private final InstantSource clock;
    private final InstantSource signingClock;

    /**
     * A transport with one clock.
     *
     * @param client with {@link HttpLimits} applied
     * @param userAgent names the plugin and Jenkins, with their versions
     */
    public OkHttpTransport(OkHttpClient client, String userAgent, InstantSource clock) {
        this(client, userAgent, clock, clock);
    }

    /**
     * @param client with {@link HttpLimits} applied
     * @param userAgent names the plugin and Jenkins, with their versions
     * @param clock of the engine
     * @param signingClock the controller's, which services compare with theirs
     */
    public OkHttpTransport(OkHttpClient client, String userAgent, InstantSource clock, InstantSource signingClock) {
        this.certificates = new CertificateVerifier(client.hostnameVerifier());
        this.client = explaining(withoutOwnRepeats(client, certificates));
        this.direct = this.client.newBuilder().proxy(Proxy.NO_PROXY).build();
        this.userAgent = userAgent;
        this.clock = clock;
        this.signingClock = signingClock;
    }

    /**
     * Only the operation determines what may be sent twice. A client with a hostname verifier of its own also sends no
     * request over another host's connection, which OkHttp would have to repeat after a 421 (RFC 9110, 15.5.20).
     */
    private static OkHttpClient withoutOwnRepeats(OkHttpClient client, CertificateVerifier verifier) {
        return ConnectionTrace.applyTo(client.newBuilder())
                .hostnameVerifier(verifier)
                .proxyAuthenticator(new ProxyAuthenticator(client.proxyAuthenticator()))
                .build();
    }

    private static OkHttpClient explaining(OkHttpClient client) {
        if (!(client.x509TrustManager() instanceof X509ExtendedTrustManager deciding)) {
            return client;
        }
        TrustedCertificates.Tls tls = TrustedCertificates.Tls.of(deciding, TrustedCertificates.NONE);
        return client.newBuilder()
                .sslSocketFactory(tls.factory(), tls.manager())
                .build();
    }

    @Override
    public <T> Cancellable send(
            ApiCall<T> unplaced, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
        ApiCall<T> call = unplaced.at(authentication);
        if (call.request().isLookup()) {
            client.dispatcher().executorService().execute(() -> receiver.accept(lookUp(call)));
            return Cancellable.NONE;
        }
        ConnectionTrace trace = new ConnectionTrace();
        SignedRequest signed = SignedRequest.of(call.request(), authentication, signingClock.instant());
        Call exchange = client(call, authentication.route().trusted()).newCall(request(signed, trace));
        Duration limit = call.reader().bodyOptions().limit(atMost);
        exchange.timeout().timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        PluginLog.Exchange logged = PluginLog.begin(call);
        exchange.enqueue(new Callback() {
            @Override
            public void onResponse(Call unused, Response response) {
                logged.end("HTTP " + trace.status());
                receiver.accept(outcome(call, signed.secrets(), response, trace));
            }

            @Override
            public void onFailure(Call unused, IOException problem) {
                logged.end(certificates
                        .explain(problem, call.request().url())
                        .map(untrusted -> untrusted.problem().toString())
                        .orElseGet(() -> ConnectionFailureText.reason(problem)));
                receiver.accept(new Outcome.Failure<>(
                        failure(call, authentication.route().fromController(), problem, trace)));
            }
        });
        return exchange::cancel;
    }

    private <T> Outcome<T> lookUp(ApiCall<T> call) {
        try {
            return call.read(AddressLookupCall.resolve(call.request(), client.dns(), clock.instant()), Redactor.NONE);
        } catch (UnknownHostException e) {
            return new Outcome.Failure<>(ApiException.unreachable(
                    Kind.UNKNOWN_HOST, call, Optional.empty(), ConnectionFailureText.reason(e)));
        }
    }

    private OkHttpClient client(ApiCall<?> call, TrustedCertificates trusted) {
        OkHttpClient base = trusting.of(mustAvoidProxy(call) ? direct : client, trusted);
        Optional<AddressRule> rule = call.request().addresses();
        if (rule.isEmpty() && !call.reader().bodyOptions().readsAll()) {
            return base;
        }
        OkHttpClient.Builder builder = base.newBuilder();
        if (call.reader().bodyOptions().readsAll()) {
            builder.readTimeout(HttpLimits.EXCHANGE_TIMEOUT);
        }
        rule.ifPresent(addresses -> restrict(builder, call.request().url().host(), addresses, base.dns()));
        return builder.build();
    }

    private static void restrict(OkHttpClient.Builder builder, String host, AddressRule rule, Dns resolver) {
        CheckedDns dns = new CheckedDns(host, rule, resolver);
        builder.dns(dns).addInterceptor(chain -> {
            dns.checkLiteral();
            return chain.proceed(chain.request());
        });
    }

    /** A proxy would look the host up by itself, and connect to any of its addresses. */
    private static boolean mustAvoidProxy(ApiCall<?> call) {
        return isForOnePlace(call)
                || call.request().direct() && !call.request().url().isHttps();
    }

    private static boolean isForOnePlace(ApiCall<?> call) {
        return call.request().addresses().filter(AddressRule::isForOnePlace).isPresent();
    }

    /** True if the request would have gone through a proxy. */
    private boolean avoidsProxy(ApiCall<?> call) {
        return mustAvoidProxy(call)
                && client.proxySelector().select(call.request().url().uri()).stream()
                        .anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
    }

    private ApiException failure(ApiCall<?> call, Route route, IOException problem, ConnectionTrace trace) {
        if (trace.isConnected()) {
            return ApiException.noResponse(call, ConnectionFailureText.reason(problem));
        }
        Optional<ForbiddenAddressException> forbidden = ForbiddenAddressException.in(problem);
        if (forbidden.isPresent()) {
            return ApiException.forbiddenAddress(call, forbidden.get().getMessage());
        }
        Optional<ProxyRefusedException> refused = ProxyRefusedException.in(problem);
        if (refused.isPresent()) {
            return ApiException.proxyRefused(call, trace.proxy(), refused.get());
        }
        Optional<UntrustedCertificateException> untrusted =
                certificates.explain(problem, call.request().url());
        if (untrusted.isPresent()) {
            return ApiException.untrusted(
                    call, untrusted.get().problem(), ConnectionFailureText.printable(untrusted.get()), route);
        }
        Kind kind = problem instanceof UnknownHostException ? Kind.UNKNOWN_HOST : Kind.UNREACHABLE;
        return avoidsProxy(call) && !isForOnePlace(call)
                ? ApiException.unreachableWithoutProxy(kind, call, ConnectionFailureText.reason(problem))
                : ApiException.unreachable(kind, call, trace.proxy(), ConnectionFailureText.reason(problem));
    }

    private <T> Outcome<T> outcome(ApiCall<T> call, Redactor secrets, Response response, ConnectionTrace trace) {
        try (response) {
            if (trace.isLoginAskedFor()) {
                ProxyRefusedException refused = ProxyRefusedException.of(response);
                return new Outcome.Failure<>(ApiException.proxyRefused(call, trace.proxy(), refused));
            }
            return call.read(answer(response, trace.status(), call.reader().bodyOptions()), secrets);
        } catch (IOException e) {
            return new Outcome.Failure<>(ApiException.noResponse(call, ConnectionFailureText.reason(e)));
        }
    }

    private ApiResponse answer(Response response, int status, BodyReadOptions use) throws IOException {
        Instant receivedAt = clock.instant();
        BodyReader.Content body = new BodyReader(use).read(response.body());
        return new ApiResponse(
                status,
                response.message(),
                response.headers(),
                body.text(),
                body.truncated(),
                body.digests(),
                receivedAt);
    }

    private Request request(SignedRequest request, ConnectionTrace trace) {
        Request.Builder builder = new Request.Builder()
                .url(request.url())
                .method(request.method(), request.method().equals("GET") ? null : new OneShotBody(request.body()))
                .header("Accept", "application/json")
                .header("User-Agent", userAgent)
                .tag(ConnectionTrace.class, trace);
        request.headers().forEach(header -> builder.header(header.getFirst(), header.getSecond()));
        return builder.build();
    }
}
