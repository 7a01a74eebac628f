package io.jenkins.plugins.cachepurge.client.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import okhttp3.HttpUrl;

/**
 * Verifier of the host and the dates of a server's own certificate, after each handshake and also if it continues an earlier
 * session. Keeps for each server what was wrong, since OkHttp passes on only its own words. Safe for several threads.
 */
final class CertificateVerifier implements HostnameVerifier {

    private static final int MAX_SERVERS = 64;

    private record Server(String host, int port) {}

    private final HostnameVerifier names;
    private final Map<Server, UntrustedCertificateException> problems = new RecentEntries<>(MAX_SERVERS);

    CertificateVerifier(HostnameVerifier names) {
        this.names = names;
    }

    @Override
    public boolean verify(String host, SSLSession session) {
        Optional<UntrustedCertificateException> problem = check(host, session);
        problem.ifPresent(found -> keep(new Server(host, session.getPeerPort()), found));
        return problem.isEmpty();
    }

    private Optional<UntrustedCertificateException> check(String host, SSLSession session) {
        try {
            X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
            return UntrustedCertificateException.outOfDate(own)
                    .or(() -> names.verify(host, session)
                            ? Optional.empty()
                            : Optional.of(UntrustedCertificateException.otherHost(own, host)));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.of(UntrustedCertificateException.refused(e.getMessage()));
        }
    }

    private synchronized void keep(Server server, UntrustedCertificateException problem) {
        problems.put(server, problem);
    }

    private synchronized Optional<UntrustedCertificateException> kept(Server server) {
        return Optional.ofNullable(problems.get(server));
    }

    /** What is wrong with the certificate of a server; empty if the connection failed for another reason. */
    Optional<UntrustedCertificateException> explain(IOException problem, HttpUrl url) {
        Optional<UntrustedCertificateException> explained = UntrustedCertificateException.in(problem);
        if (explained.isPresent()) {
            return explained;
        }
        if (problem instanceof SSLPeerUnverifiedException) {
            return kept(new Server(url.host(), url.port()))
                    .or(() -> Optional.of(UntrustedCertificateException.refused(problem.getMessage())));
        }
        return Stream.iterate((Throwable) problem, Objects::nonNull, Throwable::getCause)
                .filter(CertificateException.class::isInstance)
                .map(cause -> UntrustedCertificateException.refused(cause.getMessage()))
                .findFirst();
    }
}
