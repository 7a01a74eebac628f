package io.jenkins.plugins.cachepurge.client.http;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thrown for a server's certificate that is not accepted, so that nothing was sent. The message is what is wrong with it,
 * such as "it expired on 2024-02-01"; it may contain names that the server sent. Uses nothing but Java, since agents need it,
 * too.
 */
public final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NAMES = 3;

    /** Types of a subject alternative name that TLS compares: DNS name and IP address (RFC 5280, 4.2.1.6). */
    private static final Set<Object> HOSTS = Set.of(2, 7);

    /** What is wrong with a certificate, which determines what helps. */
    public enum Problem {
        /** It, or one between it and its authority, is not valid any more. */
        EXPIRED,
        /** It, or one between it and its authority, is not valid yet. */
        NOT_YET_VALID,
        /** The authority that the job names is out of date. */
        AUTHORITY_OUT_OF_DATE,
        /** It is for another host. */
        OTHER_HOST,
        /** No trusted authority has issued it. */
        UNKNOWN_ISSUER,
        /** Java refuses it for another reason. */
        REFUSED
    }

    private final Problem problem;

    private UntrustedCertificateException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** What is wrong with the certificate. */
    public Problem problem() {
        return problem;
    }

    /** Such an exception among the causes of another. */
    public static Optional<UntrustedCertificateException> in(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
                .filter(UntrustedCertificateException.class::isInstance)
                .map(UntrustedCertificateException.class::cast)
                .findFirst();
    }

    /** Whether a server's own certificate is out of date now; Java does not look at the dates of one that it trusts itself. */
    public static Optional<UntrustedCertificateException> outOfDate(X509Certificate certificate) {
        return outOfDate(certificate, "it");
    }

    /** The same for a certificate between the server's own and its authority. */
    static Optional<UntrustedCertificateException> issuerOutOfDate(X509Certificate issuer) {
        return outOfDate(issuer, "the certificate of its issuer %s".formatted(issuer.getSubjectX500Principal()));
    }

    private static Optional<UntrustedCertificateException> outOfDate(X509Certificate certificate, String which) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            LocalDate end = LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZoneOffset.UTC);
            return Optional.of(
                    new UntrustedCertificateException(Problem.EXPIRED, "%s expired on %s".formatted(which, end)));
        } catch (CertificateNotYetValidException e) {
            return Optional.of(new UntrustedCertificateException(
                    Problem.NOT_YET_VALID,
                    "%s is not valid before %s"
                            .formatted(which, certificate.getNotBefore().toInstant())));
        }
    }

    /** The same for an authority that the job names. */
    static Optional<UntrustedCertificateException> authorityOutOfDate(X509Certificate authority) {
        return issuerOutOfDate(authority)
                .map(dated -> new UntrustedCertificateException(Problem.AUTHORITY_OUT_OF_DATE, dated.getMessage()));
    }

    static UntrustedCertificateException otherHost(X509Certificate certificate, String host) {
        List<String> names = hosts(certificate);
        if (names.isEmpty()) {
            return new UntrustedCertificateException(
                    Problem.OTHER_HOST, "it has no subject alternative name, so it is not for %s".formatted(host));
        }
        String more = names.size() > MAX_NAMES ? " and %s more".formatted(names.size() - MAX_NAMES) : "";
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return new UntrustedCertificateException(
                Problem.OTHER_HOST, "it is for %s%s, not for %s".formatted(first, more, host));
    }

    private static List<String> hosts(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> HOSTS.contains(name.get(0)))
                            .map(name -> name.get(1).toString())
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    static UntrustedCertificateException unknownIssuer(X509Certificate certificate) {
        return new UntrustedCertificateException(
                Problem.UNKNOWN_ISSUER, "its issuer %s is not trusted".formatted(certificate.getIssuerX500Principal()));
    }

    /** @param reason in the words of Java */
    static UntrustedCertificateException refused(String reason) {
        return new UntrustedCertificateException(Problem.REFUSED, "Java refuses it (%s)".formatted(reason));
    }
}
