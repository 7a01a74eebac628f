package io.jenkins.plugins.cachepurge.docs;

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
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * An HTTP proxy behind which every vendor's host is a simulator: documents name the vendors' own https URLs, and what is
 * in them runs as it is written. To be set as Jenkins' proxy, in a JVM that trusts {@link #trustStore}.
 */
final class VendorHosts implements AutoCloseable {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private final Map<String, URI> services;
    private final SSLSocketFactory tls;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "vendor hosts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param services where the simulators are, by host name */
    VendorHosts(Map<String, URI> services) throws IOException {
        this.services = Map.copyOf(services);
        HeldCertificate.Builder certificate = new HeldCertificate.Builder().signedBy(AUTHORITY);
        services.keySet().forEach(certificate::addSubjectAlternativeName);
        tls = new HandshakeCertificates.Builder()
                .heldCertificate(certificate.build())
                .build()
                .sslSocketFactory();
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
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
            String[] asked = head(client.getInputStream()).split(" ", 3);
            String host = asked[1].split(":")[0];
            URI service = services.get(host);
            if (!asked[0].equals("CONNECT") || service == null) {
                say(client, "502 Unknown host " + host);
                return;
            }
            say(client, "200 Connected");
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
        }
    }
}
