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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of authorities that are trusted beside those of Java, as long as they are valid. Uses nothing but Java,
 * since agents need it, too.
 */
public record TrustedCertificates(List<X509Certificate> certificates) {

    /** Those of Java only. */
    public static final TrustedCertificates NONE = new TrustedCertificates(List.of());

    private static final String TYPE = "X.509";

    public TrustedCertificates {
        certificates = List.copyOf(certificates);
    }

    /** TLS that says what is wrong with a certificate. */
    public record Tls(SSLSocketFactory factory, X509TrustManager manager) {

        /** TLS that trusts what a trust manager does. */
        static Tls of(X509ExtendedTrustManager deciding, TrustedCertificates outOfDate) {
            try {
                X509TrustManager manager = new ExplainingTrustManager(deciding, outOfDate.certificates());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {manager}, null);
                return new Tls(context.getSocketFactory(), manager);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Those that are valid at some time, and the others: Java does not look at the dates of what it is told to trust. */
    public record Dated(TrustedCertificates valid, TrustedCertificates outOfDate) {

        /** TLS that trusts the valid ones and the authorities of Java. Takes a while: Java has more than a hundred. */
        public Tls tls() {
            try {
                return Tls.of(manager(valid.isEmpty() ? null : valid.withThoseOfJava()), outOfDate);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

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

    /** The same certificates with what their dates say now. */
    public Dated dated() {
        Map<Boolean, List<X509Certificate>> byDate = certificates.stream()
                .collect(Collectors.partitioningBy(certificate ->
                        UntrustedCertificateException.outOfDate(certificate).isEmpty()));
        return new Dated(new TrustedCertificates(byDate.get(true)), new TrustedCertificates(byDate.get(false)));
    }

    private KeyStore withThoseOfJava() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        List<X509Certificate> trusted = Stream.concat(
                        Arrays.stream(manager(null).getAcceptedIssuers()), certificates.stream())
                .toList();
        for (int i = 0; i < trusted.size(); i++) {
            all.setCertificateEntry(Integer.toString(i), trusted.get(i));
        }
        return all;
    }

    /** @param trusted null for the authorities of Java */
    private static X509ExtendedTrustManager manager(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
