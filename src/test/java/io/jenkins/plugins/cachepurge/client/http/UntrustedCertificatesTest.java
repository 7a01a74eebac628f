package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedCertificatesTest {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @StartStop
    public final MockWebServer server = new MockWebServer();

    private final HandshakeCertificates trusting = new HandshakeCertificates.Builder()
            .addTrustedCertificate(AUTHORITY.certificate())
            .build();
    private final HttpTestClient wire = new HttpTestClient(
            builder -> builder.sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager()));

    @AfterEach
    void closeWire() {
        wire.close();
    }

    static Stream<Named<HeldCertificate>> wrong() {
        return Stream.of(
                Named.of("of an unknown authority", certificate("localhost").build()),
                Named.of(
                        "for another host",
                        certificate("example.org").signedBy(AUTHORITY).build()),
                Named.of(
                        "expired",
                        certificate("localhost")
                                .signedBy(AUTHORITY)
                                .validityInterval(0, 1_000_000)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void nothingIsSentToAHostWithAWrongCertificate(HeldCertificate wrong) {
        show(wrong);
        ApiException problem =
                wire.failed(TestCalls.get(server), Signer.bearer("s3cret-token"), HttpLimits.EXCHANGE_TIMEOUT);
        assertEquals(Kind.UNTRUSTED, problem.kind());
        assertFalse(problem.kind().isRetryable(), "a certificate does not mend itself");
        assertFalse(problem.kind().mayHaveTakenEffect());
        assertTrue(problem.getMessage().contains("the TLS certificate at GET https://localhost"), problem.getMessage());
        assertEquals(0, server.getRequestCount());
    }

    @Test
    void aTrustedCertificateIsFine() {
        show(certificate("localhost").signedBy(AUTHORITY).build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        assertTrue(wire.answered(TestCalls.get(server)).isObject());
    }

    @Test
    void anyOtherFailureOfTlsMayPass() {
        show(certificate("localhost").signedBy(AUTHORITY).build());
        server.enqueue(new MockResponse.Builder().failHandshake().build());
        ApiException problem = wire.failed(TestCalls.get(server));
        assertEquals(Kind.UNREACHABLE, problem.kind(), problem.getMessage());
    }

    @Test
    void aFurtherAuthorityIsTrustedForTheRequestsThatNameItOnly() {
        show(certificate("localhost").signedBy(AUTHORITY).build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        Signer further = Signer.bearer("s3cret-token")
                .over(new Route(Via.CONTROLLER, new TrustedCertificates(List.of(AUTHORITY.certificate()))));
        try (HttpTestClient usual = new HttpTestClient()) {
            assertEquals(Kind.UNTRUSTED, usual.failed(TestCalls.get(server)).kind());
            assertTrue(usual.answered(TestCalls.get(server), further).isObject());
            assertTrue(usual.answered(TestCalls.get(server), further).isObject());
            assertEquals(Kind.UNTRUSTED, usual.failed(TestCalls.get(server)).kind());
        }
        assertEquals(2, server.getRequestCount());
    }

    static Stream<WrongCertificate> wrongCertificates() {
        return WrongCertificate.all();
    }

    /** The words are those of this plugin, not those of Java and OkHttp. */
    @ParameterizedTest
    @MethodSource("wrongCertificates")
    void whatIsWrongAndWhatHelpsIsSaid(WrongCertificate wrong) {
        server.useHttps(wrong.tls());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        Signer further = Signer.NONE.over(new Route(Via.CONTROLLER, new TrustedCertificates(wrong.named())));
        try (HttpTestClient usual = new HttpTestClient()) {
            ApiException problem = usual.failed(TestCalls.get(server), further);
            assertEquals(Kind.UNTRUSTED, problem.kind());
            String said = problem.getMessage();
            assertTrue(said.contains(" cannot be trusted: " + wrong.problem() + ". " + wrong.advice()), said);
        }
        assertEquals(0, server.getRequestCount());
    }

    /** Java does not look at the dates of a certificate that it trusts itself. */
    @Test
    void anExpiredCertificateThatJavaTrustsIsNotAccepted() {
        HeldCertificate expired =
                WrongCertificate.expired(certificate("localhost")).build();
        show(expired);
        server.enqueue(new MockResponse.Builder().body("{}").build());
        HandshakeCertificates java = new HandshakeCertificates.Builder()
                .addTrustedCertificate(expired.certificate())
                .build();
        try (HttpTestClient client =
                new HttpTestClient(builder -> builder.sslSocketFactory(java.sslSocketFactory(), java.trustManager()))) {
            ApiException problem = client.failed(TestCalls.get(server));
            assertEquals(Kind.UNTRUSTED, problem.kind());
            assertTrue(problem.getMessage().contains("it expired on 2024-02-01"), problem.getMessage());
        }
        assertEquals(0, server.getRequestCount());
    }

    /** A private authority whose certificate was renewed with the same key, and a job that names both. */
    @Test
    void anExpiredAuthorityDoesNotPreventTheRenewedOne() {
        HeldCertificate renewed = WrongCertificate.authority("Authority").build();
        HeldCertificate expired = WrongCertificate.expired(
                        WrongCertificate.authority("Authority").keyPair(renewed.keyPair()))
                .build();
        show(certificate("localhost").signedBy(renewed).build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        Signer both = Signer.NONE.over(new Route(
                Via.CONTROLLER, new TrustedCertificates(List.of(expired.certificate(), renewed.certificate()))));
        try (HttpTestClient usual = new HttpTestClient()) {
            assertTrue(usual.answered(TestCalls.get(server), both).isObject());
        }
    }

    /** On the built-in node, where no agent is. */
    @Test
    void adviceIsForWhoeverSends() {
        show(WrongCertificate.early(certificate("localhost")).build());
        Signer viaAgent = Signer.NONE.over(new Route(Via.AGENT, TrustedCertificates.NONE));
        try (HttpTestClient usual = new HttpTestClient()) {
            String said = usual.failed(TestCalls.get(server), viaAgent).getMessage();
            assertTrue(said.endsWith("Check the clock of the machine that runs Jenkins, and the certificate."), said);
        }
    }

    @Test
    void whoeverCannotNameAnAuthorityNeedsThatOfJava() {
        show(certificate("localhost").build());
        try (HttpTestClient usual = new HttpTestClient()) {
            String said = usual.failed(TestCalls.get(server)).getMessage();
            assertTrue(
                    said.endsWith(
                            "its issuer CN=localhost is not trusted. Check the API URL, or let the Java that runs Jenkins trust the certificate's issuer."),
                    said);
        }
    }

    @Test
    void certificatesAreReadFromPem() {
        HeldCertificate other = certificate("other").certificateAuthority(0).build();
        String pem = "# our authorities\n" + AUTHORITY.certificatePem() + other.certificatePem();
        TrustedCertificates trusted = TrustedCertificates.parsePem(pem.getBytes(StandardCharsets.UTF_8));
        assertEquals(new TrustedCertificates(List.of(AUTHORITY.certificate(), other.certificate())), trusted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nhello\n-----END CERTIFICATE-----\n"})
    void whatIsNoCertificateIsNotQuoted(String pem) {
        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class,
                () -> TrustedCertificates.parsePem(pem.getBytes(StandardCharsets.UTF_8)));
        assertFalse(problem.getMessage().contains("hello"), problem.getMessage());
    }

    @Test
    void aKeyIsNoCertificate() {
        String key = AUTHORITY.privateKeyPkcs8Pem();
        assertThrows(
                IllegalArgumentException.class,
                () -> TrustedCertificates.parsePem(key.getBytes(StandardCharsets.UTF_8)));
    }

    private void show(HeldCertificate certificate) {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
    }

    private static HeldCertificate.Builder certificate(String host) {
        return new HeldCertificate.Builder().commonName(host).addSubjectAlternativeName(host);
    }
}
