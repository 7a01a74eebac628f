package io.jenkins.plugins.cachepurge.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of authorities that are trusted beside those of Java. Host names and dates are checked as always. Uses
 * nothing but Java, since agents need it, too.
 */
public record TrustedCertificates(List<X509Certificate> certificates) {

    /** Those of Java only. */
    public static final TrustedCertificates NONE = new TrustedCertificates(List.of());

    private static final String TYPE = "X.509";

    public TrustedCertificates {
        certificates = List.copyOf(certificates);
    }

    /** TLS that trusts them. */
    public record Tls(SSLSocketFactory factory, X509TrustManager manager) {}

    /**
     * Certificates in PEM.
     *
     * @throws IllegalArgumentException if there are none; does not quote the text
     */
    public static TrustedCertificates parsePem(byte[] pem) {
        try {
            return of(CertificateFactory.getInstance(TYPE).generateCertificates(new ByteArrayInputStream(pem)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("it contains something else than certificates in PEM format", e);
        }
    }

    /** @throws IllegalArgumentException if there are none */
    public static TrustedCertificates of(Iterable<? extends Certificate> certificates) {
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate usable) {
                all.add(usable);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("it contains no certificate");
        }
        return new TrustedCertificates(all);
    }

    /** The same certificates as {@link #encoded}. */
    public static TrustedCertificates decoded(List<byte[]> encoded) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance(TYPE);
        List<X509Certificate> all = new ArrayList<>();
        for (byte[] one : encoded) {
            all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
        }
        return new TrustedCertificates(all);
    }

    /** The certificates in DER. */
    public List<byte[]> encoded() {
        return certificates.stream().map(TrustedCertificates::encoded).toList();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether only those of Java are trusted. */
    public boolean isEmpty() {
        return certificates.isEmpty();
    }

    /** TLS that trusts them and the authorities of Java. Takes a while: Java has more than a hundred. */
    public Tls tls() {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<X509Certificate> trusted = Stream.concat(
                            Arrays.stream(manager(null).getAcceptedIssuers()), certificates.stream())
                    .toList();
            for (int i = 0; i < trusted.size(); i++) {
                all.setCertificateEntry(Integer.toString(i), trusted.get(i));
            }
            X509TrustManager manager = manager(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new Tls(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param trusted null for the authorities of Java */
    private static X509TrustManager manager(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
