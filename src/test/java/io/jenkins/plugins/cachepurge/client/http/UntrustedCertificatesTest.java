package io.jenkins.plugins.cachepurge.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
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
