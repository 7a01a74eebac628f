package io.jenkins.plugins.cachepurge.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Route;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.client.http.UntrustedCertificateException.Problem;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.client.http.WrongCertificate;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exchanges through an agent end as those of the controller do, and whatever an agent sends is checked. */
class AgentTransportTest {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private static Outcome<JsonNode> send(ApiCall<JsonNode> call, Signer signer, UnaryOperator<AgentAnswer> tampering) {
        AgentTransport transport = new AgentTransport(
                new InProcessLink(new AgentHttpClient(), tampering),
                "cache-purge/1.0 Jenkins/2.541.3",
                InstantSource.system(),
                InstantSource.system());
        CompletableFuture<Outcome<JsonNode>> outcome = new CompletableFuture<>();
        transport.send(call, signer, HttpLimits.EXCHANGE_TIMEOUT, outcome::complete);
        return outcome.orTimeout(50, TimeUnit.SECONDS).join();
    }

    private static ApiException failed(Outcome<JsonNode> outcome) {
        return assertInstanceOf(Outcome.Failure.class, outcome).problem();
    }

    private ApiCall<JsonNode> call(ApiRequest request) {
        return new ApiCall<>(
                "Example",
                "do a thing",
                request,
                (json, answer) -> json,
                (answer, json) -> ServiceError.of(json.path("message").asText("")),
                Idempotency.IDEMPOTENT);
    }

    private ApiCall<JsonNode> call() {
        return call(ApiRequest.get(server.url("/v1/things?a=b%20c")));
    }

    @Test
    void theRequestIsTheControllers() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{\"a\":\"s3cret\"}").build());
        ApiRequest request = ApiRequest.post(server.url("/v1?x=%7e")).withHeaders(Map.of("Host", "www.example.org"));
        Outcome<JsonNode> outcome = send(call(request), Signer.bearer("s3cret"), UnaryOperator.identity());
        JsonNode json =
                (JsonNode) assertInstanceOf(Outcome.Success.class, outcome).value();
        assertEquals("****", json.path("a").asText(), "redacted on the controller");
        RecordedRequest sent = server.takeRequest();
        assertEquals("POST /v1?x=%7e HTTP/1.1", sent.getRequestLine());
        assertEquals(List.of("www.example.org"), sent.getHeaders().values("Host"));
        assertEquals("Bearer s3cret", sent.getHeaders().get("Authorization"));
        assertEquals("cache-purge/1.0 Jenkins/2.541.3", sent.getHeaders().get("User-Agent"));
        assertEquals("application/json", sent.getHeaders().get("Accept"));
    }

    @Test
    void anErrorIsReadAsUsual() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "7")
                .body("{\"message\":\"slow down s3cret\"}")
                .build());
        ApiException problem = failed(send(call(), Signer.bearer("s3cret"), UnaryOperator.identity()));
        assertEquals(Kind.RATE_LIMITED, problem.kind());
        assertEquals(7, problem.retryAfter().orElseThrow().toSeconds());
        assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", server.url("/inside"))
                .build());
        assertEquals(
                Kind.REFUSED,
                failed(send(call(), Signer.NONE, UnaryOperator.identity())).kind());
        assertEquals(1, server.getRequestCount());
    }

    @ParameterizedTest
    @EnumSource
    void whyThereIsNoResponseIsSaid(Reason reason) {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        ApiException problem = failed(send(
                call(), Signer.bearer("s3cret"), answer -> new AgentAnswer.Failure(reason, "a\ns3cret\u001b[2J b")));
        Kind expected =
                switch (reason) {
                    case NO_AGENT, NOT_CONNECTED, TLS_FAILED -> Kind.UNREACHABLE;
                    case FORBIDDEN_ADDRESS -> Kind.FORBIDDEN_ADDRESS;
                    case NO_RESPONSE, LOST_AGENT -> Kind.NO_RESPONSE;
                };
        assertEquals(expected, problem.kind());
        boolean named =
                reason == Reason.FORBIDDEN_ADDRESS || problem.getMessage().contains("from agent linux-3");
        assertTrue(named, problem.getMessage());
        assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
        assertTrue(problem.getMessage().chars().noneMatch(Character::isISOControl), problem.getMessage());
    }

    static Stream<AgentAnswer> lies() {
        byte[] nothing = new byte[0];
        return Stream.of(
                new AgentAnswer.Response(0, "", List.of(), nothing, false, Map.of()),
                new AgentAnswer.Response(100, "", List.of(), nothing, false, Map.of()),
                new AgentAnswer.Response(999, "", List.of(), nothing, false, Map.of()),
                new AgentAnswer.Response(200, "", List.of("X"), nothing, false, Map.of()),
                new AgentAnswer.Response(200, "", List.of("X\n", "a"), nothing, false, Map.of()),
                new AgentAnswer.Response(200, "", List.of("", "a"), nothing, false, Map.of()),
                new AgentAnswer.Response(200, "", List.of(), new byte[HttpLimits.MAX_BODY_BYTES + 1], false, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aForgedAnswerIsNone(AgentAnswer lie) {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        ApiException problem = failed(send(call(), Signer.NONE, answer -> lie));
        assertEquals(Kind.NO_RESPONSE, problem.kind());
        assertTrue(problem.getMessage().contains("its answer is no valid one (from agent linux-3)"));
    }

    private static Signer trusting(HeldCertificate... authorities) {
        List<X509Certificate> all =
                Stream.of(authorities).map(HeldCertificate::certificate).toList();
        return Signer.NONE.over(new Route(Via.AGENT, new TrustedCertificates(all)));
    }

    private void show(HeldCertificate.Builder certificate) {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate.signedBy(AUTHORITY).build())
                .build()
                .sslSocketFactory());
    }

    private static HeldCertificate.Builder certificate(String host) {
        return new HeldCertificate.Builder().commonName(host).addSubjectAlternativeName(host);
    }

    @Test
    void aFurtherAuthorityIsTrustedForThatRequestOnly() {
        show(certificate("localhost"));
        server.enqueue(new MockResponse.Builder().body("{}").build());
        assertInstanceOf(Outcome.Success.class, send(call(), trusting(AUTHORITY), UnaryOperator.identity()));
        ApiException problem = failed(send(call(), trusting(), UnaryOperator.identity()));
        assertEquals(Kind.UNTRUSTED, problem.kind());
        assertTrue(problem.getMessage().contains("(from agent linux-3)"), problem.getMessage());
        assertEquals(1, server.getRequestCount());
    }

    static Stream<WrongCertificate> wrongCertificates() {
        return WrongCertificate.all();
    }

    @ParameterizedTest
    @MethodSource("wrongCertificates")
    void whatIsWrongWithACertificateIsSaid(WrongCertificate wrong) {
        server.useHttps(wrong.tls());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        Signer further = Signer.NONE.over(new Route(Via.AGENT, new TrustedCertificates(wrong.named())));
        ApiException problem = failed(send(call(), further, UnaryOperator.identity()));
        assertEquals(Kind.UNTRUSTED, problem.kind());
        String said = problem.getMessage();
        assertTrue(
                said.contains(" cannot be trusted: " + wrong.problem() + " (from agent linux-3). " + wrong.advice()),
                said);
        assertEquals(0, server.getRequestCount());
    }

    /** Java does not look at the dates of a certificate that it trusts itself. */
    @Test
    void anExpiredCertificateThatJavaTrustsIsNotAccepted(@TempDir Path folder) throws Exception {
        HeldCertificate expired =
                WrongCertificate.expired(certificate("localhost")).build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(expired)
                .build()
                .sslSocketFactory());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("cache", expired.certificate());
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(TRUST_STORE_PASSWORD, "changeit");
        try {
            ApiException problem = failed(send(call(), trusting(), UnaryOperator.identity()));
            assertTrue(problem.getMessage().contains("it expired on 2024-02-01"), problem.getMessage());
        } finally {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(TRUST_STORE_PASSWORD);
        }
        assertEquals(0, server.getRequestCount());
    }

    @Test
    void adviceWithoutTheParameterNamesTheAgent() {
        show(certificate("localhost"));
        Signer pages = Signer.NONE.over(new Route(Via.AGENT, TrustedCertificates.NONE, false));
        String said = failed(send(call(), pages, UnaryOperator.identity())).getMessage();
        assertTrue(said.endsWith("or let the agent's Java trust the certificate's issuer."), said);
    }

    @ParameterizedTest
    @EnumSource
    void whatAnAgentSaysOfACertificateIsCleaned(Problem what) {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        ApiException problem = failed(send(
                call(), Signer.bearer("s3cret"), answer -> new AgentAnswer.Untrusted(what, "a\ns3cret\u001b[2J b")));
        assertEquals(Kind.UNTRUSTED, problem.kind());
        assertTrue(problem.getMessage().contains("(from agent linux-3)"), problem.getMessage());
        assertFalse(problem.getMessage().contains("s3cret"), problem.getMessage());
        assertTrue(problem.getMessage().chars().noneMatch(Character::isISOControl), problem.getMessage());
    }

    @Test
    void theRuleForAddressesHoldsOnTheAgent() {
        ApiCall<JsonNode> call = call(ApiRequest.get(server.url("/")).withAddresses(AddressRule.GLOBAL_ONLY));
        ApiException problem = failed(send(call, Signer.NONE, UnaryOperator.identity()));
        assertEquals(Kind.FORBIDDEN_ADDRESS, problem.kind());
        assertEquals(0, server.getRequestCount());
    }

    @Test
    void theRouteChoosesTheMachine() {
        RoutedTransport routed = new RoutedTransport(new NamedTransport("controller"), new NamedTransport("agent"));
        CompletableFuture<Outcome<JsonNode>> controller = new CompletableFuture<>();
        routed.send(call(), Signer.NONE, HttpLimits.EXCHANGE_TIMEOUT, controller::complete);
        CompletableFuture<Outcome<JsonNode>> agent = new CompletableFuture<>();
        routed.send(call(), trusting(), HttpLimits.EXCHANGE_TIMEOUT, agent::complete);
        assertEquals("controller", failed(controller.join()).service());
        assertEquals("agent", failed(agent.join()).service());
    }

    private record NamedTransport(String name) implements ApiTransport {

        @Override
        public <T> Cancellable send(
                ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
            receiver.accept(new Outcome.Failure<>(ApiException.failed(name, "", "", "")));
            return Cancellable.NONE;
        }
    }
}
