package io.jenkins.plugins.cachepurge.client.http;

import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * Clients that trust further authorities. They share connections, threads and limits with the client that they are made
 * of; TLS is set up once for each set of certificates, since connections are reused only with the same one. Safe for
 * several threads.
 */
final class TrustingClients {

    private static final int MAX_SETS = 32;

    /** The least recently used set is dropped first. */
    private static final class RecentSets extends LinkedHashMap<TrustedCertificates, TrustedCertificates.Tls> {

        private static final long serialVersionUID = 1L;

        RecentSets() {
            super(MAX_SETS, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<TrustedCertificates, TrustedCertificates.Tls> eldest) {
            return size() > MAX_SETS;
        }
    }

    private final Map<TrustedCertificates, TrustedCertificates.Tls> sets = new RecentSets();

    /** The same client if there are no further authorities. */
    OkHttpClient of(OkHttpClient client, TrustedCertificates trusted) {
        if (trusted.isEmpty()) {
            return client;
        }
        TrustedCertificates.Tls tls = tls(trusted);
        return client.newBuilder()
                .sslSocketFactory(tls.factory(), tls.manager())
                .build();
    }

    private synchronized TrustedCertificates.Tls tls(TrustedCertificates trusted) {
        return sets.computeIfAbsent(trusted, TrustedCertificates::tls);
    }
}
