package io.jenkins.plugins.cachepurge.client.http;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust manager that decides as another one does, and throws an {@link UntrustedCertificateException} for a server that is
 * not trusted. Uses nothing but Java, since agents need it, too.
 */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

    private static final Set<CertPathValidatorException.Reason> DATES =
            Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);

    private final X509ExtendedTrustManager deciding;
    private final List<X509Certificate> outOfDate;

    /** @param outOfDate authorities that are not trusted since they are out of date */
    ExplainingTrustManager(X509ExtendedTrustManager deciding, List<X509Certificate> outOfDate) {
        this.deciding = deciding;
        this.outOfDate = outOfDate;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            deciding.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            UntrustedCertificateException explained = explained(chain, authType, socket, e);
            explained.initCause(e);
            throw explained;
        }
    }

    private UntrustedCertificateException explained(
            X509Certificate[] chain, String authType, Socket socket, CertificateException problem) {
        Optional<UntrustedCertificateException> dated = UntrustedCertificateException.outOfDate(chain[0])
                .or(() -> causes(problem, CertPathValidatorException.class)
                        .flatMap(ExplainingTrustManager::outOfDate)
                        .findFirst());
        if (dated.isPresent()) {
            return dated.get();
        }
        if (hasNoAuthority(problem)) {
            return authorityOutOfDate(chain).orElseGet(() -> UntrustedCertificateException.unknownIssuer(chain[0]));
        }
        return socket instanceof SSLSocket tls && isTrustedForAnyHost(chain, authType)
                ? UntrustedCertificateException.otherHost(
                        chain[0], tls.getHandshakeSession().getPeerHost())
                : UntrustedCertificateException.refused(problem.getMessage());
    }

    private static <T> Stream<T> causes(Throwable problem, Class<T> type) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Stream<UntrustedCertificateException> outOfDate(CertPathValidatorException problem) {
        boolean located = DATES.contains(problem.getReason()) && problem.getIndex() >= 0;
        return located
                        && problem.getCertPath().getCertificates().get(problem.getIndex())
                                instanceof X509Certificate issuer
                ? UntrustedCertificateException.issuerOutOfDate(issuer).stream()
                : Stream.empty();
    }

    private static boolean hasNoAuthority(CertificateException problem) {
        return causes(problem, CertPathBuilderException.class).findFirst().isPresent()
                || causes(problem, CertPathValidatorException.class)
                        .anyMatch(found -> found.getReason() == PKIXReason.NO_TRUST_ANCHOR);
    }

    private Optional<UntrustedCertificateException> authorityOutOfDate(X509Certificate[] chain) {
        return outOfDate.stream()
                .filter(authority -> Arrays.stream(chain)
                        .anyMatch(
                                issued -> issued.getIssuerX500Principal().equals(authority.getSubjectX500Principal())))
                .flatMap(authority -> UntrustedCertificateException.authorityOutOfDate(authority).stream())
                .findFirst();
    }

    /** Without its socket, a trust manager does not compare the host. */
    private boolean isTrustedForAnyHost(X509Certificate[] chain, String authType) {
        try {
            deciding.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        deciding.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        deciding.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        deciding.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        deciding.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        deciding.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return deciding.getAcceptedIssuers();
    }
}
