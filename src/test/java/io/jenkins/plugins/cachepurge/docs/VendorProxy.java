package io.jenkins.plugins.cachepurge.docs;

import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * An HTTP proxy behind which every vendor's host is a simulator: documents name the vendors' own https URLs, and what is
 * in them runs as it is written. To be set as Jenkins' proxy, in a JVM that trusts {@link #trustStore}.
 */
final class VendorProxy implements AutoCloseable {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    /** Whoever stands behind a host; may change at any time. */
    private final Map<String, SimService> services = new ConcurrentHashMap<>();

    private final Map<String, SimServer> servers;
    private final SSLSocketFactory tls;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "vendor hosts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param hosts their names */
    VendorProxy(Set<String> hosts) throws IOException {
        servers = hosts.stream()
                .collect(Collectors.toUnmodifiableMap(host -> host, host -> SimServer.start(new Host(host))));
        HeldCertificate.Builder certificate = new HeldCertificate.Builder().signedBy(AUTHORITY);
        hosts.forEach(certificate::addSubjectAlternativeName);
        tls = new HandshakeCertificates.Builder()
                .heldCertificate(certificate.build())
                .build()
                .sslSocketFactory();
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    /** From now on these answer; connections stay open. */
    void serve(Map<String, ? extends SimService> newcomers) {
        services.putAll(newcomers);
    }

    private final class Host implements SimService {
        private final String name;

        Host(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return services.get(name).handle(request);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where a host is reached without the proxy, without a slash at the end. */
    String directUrl(String host) {
        return servers.get(host).url().toString().replaceFirst("/$", "");
    }

    /** Writes down whom to trust, for {@code javax.net.ssl.trustStore}. */
    static Path trustStore(Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.certificate());
        Path file = directory.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> tunnel(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String[] asked = head.split(" ", 3);
            if (asked[1].startsWith("http://")) {
                pass(client, URI.create(asked[1]).getHost(), head);
                return;
            }
            String host = asked[1].split(":")[0];
            if (!asked[0].equals("CONNECT") || !servers.containsKey(host)) {
                say(client, "502 Unknown host " + host);
                return;
            }
            say(client, "200 Connected");
            URI service = servers.get(host).url();
            SSLSocket decrypted = (SSLSocket) tls.createSocket(client, null, client.getPort(), true);
            decrypted.setUseClientMode(false);
            try (decrypted;
                    Socket simulator = new Socket(service.getHost(), service.getPort())) {
                open.add(simulator);
                threads.execute(() -> copy(simulator, decrypted));
                copy(decrypted, simulator);
            }
        } catch (IOException e) {
            // The other side has gone; so has this connection.
        } finally {
            open.remove(client);
        }
    }

    /** Without a tunnel, for plain http: the simulator understands the whole URL in the first line. */
    private void pass(Socket client, String host, String head) throws IOException {
        if (!servers.containsKey(host)) {
            say(client, "502 Unknown host " + host);
            return;
        }
        URI service = servers.get(host).url();
        try (Socket simulator = new Socket(service.getHost(), service.getPort())) {
            open.add(simulator);
            simulator.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> copy(simulator, client));
            copy(client, simulator);
        }
    }

    /** Up to the empty line, and not a byte more: what follows is not for the proxy. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write("HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(status)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Both ends are closed now, which is what matters.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : List.copyOf(open)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
            servers.values().forEach(SimServer::close);
        }
    }
}
