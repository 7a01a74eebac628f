package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.OkHttpTransport;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.fastly.FastlyPurge;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Parts of a purge that are not started, since what one of them met would stop the others as well. */
class StoppedPartsTest {

    private static final int PARTS = 60;
    private static final int DONE = 10;

    /** Six exchanges are under way when the first one fails, and some more may begin before its outcome is known. */
    private static final int MAX_FAILED = 20;

    private static final Pattern COUNTS = Pattern.compile(
            "Fastly purge of service SU1Z0isxPaozGVKXdv0eY: (\\d+) of 60 URLs done, (\\d+) failed, (\\d+) not tried. The first failure: .*");

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private final AtomicInteger served = new AtomicInteger();

    @Test
    void noPartStartsAfterACertificateThatCannotBeTrusted() {
        server.useHttps(presenting(certificate().signedBy(AUTHORITY).build()));
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
        server.setDispatcher(dispatcher(() -> {
            if (served.get() == DONE) {
                server.useHttps(presenting(certificate().build()));
            }
            return purged();
        }));
        ApiException problem = failed(
                server.url("/").toString(),
                builder -> builder.sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager()));
        assertEquals(Kind.UNTRUSTED, problem.kind(), problem.getMessage());
        assertStopped(problem);
    }

    @Test
    void noPartStartsAfterTheProxyRefusedTheLogin() {
        server.setDispatcher(dispatcher(() -> served.get() > DONE ? login() : purged()));
        ApiException problem = failed(
                "http://api.example.org",
                builder -> builder.proxy(server.getProxyAddress()).proxyAuthenticator((route, response) -> null));
        assertEquals(Kind.PROXY_REFUSED, problem.kind(), problem.getMessage());
        assertStopped(problem);
        assertTrue(served.get() <= DONE + MAX_FAILED, "requests: " + served.get());
    }

    /** Those under way are waited for, and counted. */
    private static void assertStopped(ApiException problem) {
        Matcher counts = COUNTS.matcher(problem.getMessage());
        assertTrue(counts.matches(), problem.getMessage());
        int done = Integer.parseInt(counts.group(1));
        int failed = Integer.parseInt(counts.group(2));
        assertTrue(done >= DONE && done <= DONE + MAX_FAILED, problem.getMessage());
        assertTrue(failed >= 1 && failed <= MAX_FAILED, problem.getMessage());
        assertEquals(PARTS, done + failed + Integer.parseInt(counts.group(3)), problem.getMessage());
    }

    private static ApiException failed(String url, UnaryOperator<OkHttpClient.Builder> settings) {
        OkHttpClient client = HttpLimits.applyTo(settings.apply(new OkHttpClient.Builder()))
                .protocols(List.of(Protocol.HTTP_1_1))
                .build();
        List<String> urls = IntStream.range(0, PARTS)
                .mapToObj("https://www.example.org/%d.html"::formatted)
                .toList();
        FastlyPurge purge = new FastlyPurge(
                new FastlyClient(ApiUrl.of(url)),
                "SU1Z0isxPaozGVKXdv0eY",
                new PurgeSelection(SelectionType.URLS, urls),
                false);
        OkHttpTransport transport = new OkHttpTransport(client, "cache-purge/test", InstantSource.system());
        try (StandaloneEngine engine = new StandaloneEngine(transport)) {
            return assertThrows(
                    ApiException.class,
                    () -> engine.run(purge.operation(), Duration.ofMinutes(2), Signer.NONE, line -> {}));
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private interface Responses {
        MockResponse next();
    }

    private Dispatcher dispatcher(Responses responses) {
        return new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                served.incrementAndGet();
                return responses.next();
            }
        };
    }

    /** Each request needs a connection of its own, and so a handshake. */
    private static MockResponse purged() {
        return new MockResponse.Builder()
                .body("{\"status\":\"ok\",\"id\":\"1-2-3\"}")
                .addHeader("Connection", "close")
                .build();
    }

    private static MockResponse login() {
        return new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                .build();
    }

    private static SSLSocketFactory presenting(HeldCertificate certificate) {
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory();
    }

    private static HeldCertificate.Builder certificate() {
        return new HeldCertificate.Builder().commonName("localhost").addSubjectAlternativeName("localhost");
    }
}
