package io.jenkins.plugins.cachepurge.client.http;

import static java.time.temporal.ChronoUnit.DAYS;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Certificate of a server on localhost that must not be accepted.
 *
 * @param name of the case
 * @param chain the server's own certificate and those that it sends with it
 * @param named authorities that the job names
 * @param problem as in the message
 * @param advice as in the message
 */
public record WrongCertificate(
        String name, List<HeldCertificate> chain, List<X509Certificate> named, String problem, String advice) {

    private static final Instant NOW = Instant.now().truncatedTo(DAYS);
    private static final Instant PAST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2024-02-01T00:00:00Z");
    private static final Instant BEGIN = NOW.plus(30, DAYS);
    private static final Instant FUTURE = NOW.plus(60, DAYS);
    private static final String RENEW = "Renew it on the server.";
    private static final String OTHER_HOST =
            "Use a URL with a name that the certificate has, or a certificate for this host on the server.";

    /** All cases. */
    public static Stream<WrongCertificate> all() {
        HeldCertificate authority = authority("Authority").build();
        HeldCertificate other = authority("Other").build();
        HeldCertificate oldAuthority = expired(authority("Old")).build();
        HeldCertificate oldMiddle =
                expired(authority("Middle")).signedBy(authority).build();
        HeldCertificate expired = expired(server("localhost")).build();
        HeldCertificate early = early(server("localhost")).build();
        return Stream.of(
                of("expired, named itself", expired, expired, "it expired on 2024-02-01", RENEW),
                of("early, named itself", early, early, "it is not valid before " + BEGIN, "Check the clock of"),
                of(
                        "expired",
                        expired(server("localhost")).signedBy(authority).build(),
                        authority,
                        "it expired on 2024-02-01",
                        RENEW),
                of(
                        "early",
                        early(server("localhost")).signedBy(authority).build(),
                        authority,
                        "it is not valid before " + BEGIN,
                        "Check the clock of"),
                new WrongCertificate(
                        "of an expired issuer",
                        List.of(server("localhost").signedBy(oldMiddle).build(), oldMiddle),
                        List.of(authority.certificate()),
                        "the certificate of its issuer CN=Middle expired on 2024-02-01",
                        RENEW),
                of(
                        "of an expired authority",
                        server("localhost").signedBy(oldAuthority).build(),
                        oldAuthority,
                        "the certificate of its issuer CN=Old expired on 2024-02-01",
                        "Replace it in the credentials that the parameter certificate names."),
                of(
                        "for another host",
                        server("other.example.org").signedBy(authority).build(),
                        authority,
                        "it is for other.example.org, not for localhost",
                        OTHER_HOST),
                of(
                        "for several hosts",
                        new HeldCertificate.Builder()
                                .addSubjectAlternativeName("a.example.org")
                                .addSubjectAlternativeName("10.0.0.1")
                                .addSubjectAlternativeName("b.example.org")
                                .addSubjectAlternativeName("c.example.org")
                                .addSubjectAlternativeName("d.example.org")
                                .signedBy(authority)
                                .build(),
                        authority,
                        "it is for a.example.org, 10.0.0.1, b.example.org and 2 more, not for localhost",
                        OTHER_HOST),
                of(
                        "for no host",
                        new HeldCertificate.Builder()
                                .commonName("cache")
                                .signedBy(authority)
                                .build(),
                        authority,
                        "it has no subject alternative name, so it is not for localhost",
                        OTHER_HOST),
                of(
                        "of another authority",
                        server("localhost").signedBy(other).build(),
                        authority,
                        "its issuer CN=Other is not trusted",
                        "Check the URL, and that the credentials in the parameter certificate contain the issuer's certificate."),
                of(
                        "signed by itself",
                        server("localhost").build(),
                        authority,
                        "its issuer CN=localhost is not trusted",
                        "Check the URL, and that the credentials in the parameter certificate contain the issuer's certificate."),
                new WrongCertificate(
                        "of an authority that the job does not name",
                        List.of(server("localhost").signedBy(authority).build()),
                        List.of(),
                        "its issuer CN=Authority is not trusted",
                        "Check the URL, or name credentials with the issuer's certificate in the parameter certificate."));
    }

    private static WrongCertificate of(
            String name, HeldCertificate own, HeldCertificate named, String problem, String advice) {
        return new WrongCertificate(name, List.of(own), List.of(named.certificate()), problem, advice);
    }

    /** Certificate of a host. */
    public static HeldCertificate.Builder server(String host) {
        return new HeldCertificate.Builder().commonName(host).addSubjectAlternativeName(host);
    }

    /** Certificate of an authority. */
    static HeldCertificate.Builder authority(String name) {
        return new HeldCertificate.Builder().commonName(name).certificateAuthority(1);
    }

    /** A certificate that has expired. */
    public static HeldCertificate.Builder expired(HeldCertificate.Builder builder) {
        return dated(builder, PAST, END);
    }

    /** A certificate that is not valid yet. */
    static HeldCertificate.Builder early(HeldCertificate.Builder builder) {
        return dated(builder, BEGIN, FUTURE);
    }

    private static HeldCertificate.Builder dated(HeldCertificate.Builder builder, Instant begin, Instant end) {
        return builder.validityInterval(begin.toEpochMilli(), end.toEpochMilli());
    }

    /** TLS of the server. */
    public SSLSocketFactory tls() {
        X509Certificate[] others =
                chain.stream().skip(1).map(HeldCertificate::certificate).toArray(X509Certificate[]::new);
        return new HandshakeCertificates.Builder()
                .heldCertificate(chain.get(0), others)
                .build()
                .sslSocketFactory();
    }

    @Override
    public String toString() {
        return name;
    }
}
