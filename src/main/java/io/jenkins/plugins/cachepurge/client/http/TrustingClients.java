package io.jenkins.plugins.cachepurge.client.http;

import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * Clients that trust further authorities. They share connections, threads and limits with the client that they are made
 * of; TLS is set up once for each set of certificates, since connections are reused only with the same one. Safe for
 * several threads.
 */
final class TrustingClients {

    private static final int MAX_SETS = 32;

    private final Map<TrustedCertificates.Dated, TrustedCertificates.Tls> sets = new RecentEntries<>(MAX_SETS);

    /** The same client if there are no further authorities. */
    OkHttpClient of(OkHttpClient client, TrustedCertificates trusted) {
        if (trusted.isEmpty()) {
            return client;
        }
        TrustedCertificates.Tls tls = tls(trusted.dated());
        return client.newBuilder()
                .sslSocketFactory(tls.factory(), tls.manager())
                .build();
    }

    private synchronized TrustedCertificates.Tls tls(TrustedCertificates.Dated trusted) {
        return sets.computeIfAbsent(trusted, TrustedCertificates.Dated::tls);
    }
}
