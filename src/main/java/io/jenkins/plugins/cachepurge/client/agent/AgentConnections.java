package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.AddressScope;
import io.jenkins.plugins.cachepurge.client.http.TrustedCertificates;
import io.jenkins.plugins.cachepurge.client.http.UntrustedCertificateException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connections of an agent. Those that are idle are kept for the next exchange, a few and for a short time as on the
 * controller. One thread closes them; it ends with the last of them. Safe for several threads.
 */
final class AgentConnections {

    private static final int MAX_IDLE = 8;
    private static final int IDLE_SECONDS = 4;
    private static final int MAX_SETS = 8;

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Map<TrustedCertificates.Dated, SSLSocketFactory> sets = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor closing = closing();

    /** What two exchanges must have in common to use the same connection. */
    record Key(boolean tls, String host, int port, AddressRule addresses, TrustedCertificates trusted) {

        static Key of(AgentRequest.Server server) throws CertificateException {
            return new Key(
                    server.tls(),
                    server.host(),
                    server.port(),
                    server.addresses(),
                    TrustedCertificates.decoded(server.trusted()));
        }
    }

    private record Idle(Key key, AgentConnection connection) {}

    /** Thrown for an address that is not allowed. */
    static final class ForbiddenException extends IOException {

        private static final long serialVersionUID = 1L;

        ForbiddenException(InetAddress address, AddressScope scope) {
            super("%s, which is %s"
                    .formatted(address.getHostAddress(), scope.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static ScheduledThreadPoolExecutor closing() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("cache-purge connections");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** An idle connection, if there is one. */
    synchronized Optional<AgentConnection> takeIdle(Key key) {
        Optional<Idle> found =
                idle.stream().filter(each -> each.key().equals(key)).findFirst();
        found.ifPresent(idle::remove);
        Optional<AgentConnection> usable = found.map(Idle::connection).filter(AgentConnection::isUsable);
        if (usable.isEmpty()) {
            found.ifPresent(each -> close(each.connection()));
        }
        return usable;
    }

    /** Keeps a connection for the next exchange. */
    synchronized void keep(Key key, AgentConnection connection) {
        Idle kept = new Idle(key, connection);
        idle.addFirst(kept);
        closing.schedule(() -> expire(kept), IDLE_SECONDS, TimeUnit.SECONDS);
        if (idle.size() > MAX_IDLE) {
            close(idle.removeLast().connection());
        }
    }

    private synchronized void expire(Idle kept) {
        if (idle.remove(kept)) {
            close(kept.connection());
        }
    }

    private static void close(AgentConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is not used any more.
        }
    }

    /**
     * A new connection to one of the host's addresses.
     *
     * @param deadline when the exchange must be over, as {@link System#nanoTime}
     */
    AgentConnection open(Key key, int connectMillis, long deadline) throws IOException {
        Socket plain = connect(key, connectMillis, deadline);
        if (!key.tls()) {
            return new AgentConnection(plain);
        }
        try {
            return new AgentConnection(secured(key, plain, connectMillis, deadline));
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket connect(Key key, int connectMillis, long deadline) throws IOException {
        IOException problem = null;
        // What was checked is connected to: the name is not resolved again.
        for (InetAddress address : allowed(key)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, key.port()),
                        AgentConnection.millisLeft(deadline, connectMillis));
                return socket;
            } catch (IOException e) {
                socket.close();
                problem = e;
            }
        }
        throw problem == null ? new UnknownHostException(key.host()) : problem;
    }

    private static List<InetAddress> allowed(Key key) throws IOException {
        List<InetAddress> addresses = new ArrayList<>(
                Arrays.asList(InetAddress.getAllByName(key.addresses().placeOf(key.host()))));
        for (InetAddress address : addresses) {
            AddressScope scope = AddressScope.of(address);
            if (!key.addresses().allows(scope)) {
                throw new ForbiddenException(address, scope);
            }
        }
        Collections.rotate(addresses, -key.addresses().rotation());
        return addresses;
    }

    private SSLSocket secured(Key key, Socket plain, int connectMillis, long deadline) throws IOException {
        Socket created = factory(key.trusted().dated()).createSocket(plain, key.host(), key.port(), true);
        if (!(created instanceof SSLSocket socket)) {
            throw new IOException("Java created no socket for TLS");
        }
        SSLParameters parameters = socket.getSSLParameters();
        // The host name is checked only if it is asked for.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(AgentConnection.millisLeft(deadline, connectMillis));
        socket.startHandshake();
        checkDates(socket);
        return socket;
    }

    /** Also if the handshake continued an earlier session. */
    private static void checkDates(SSLSocket socket) throws IOException {
        X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        Optional<UntrustedCertificateException> problem = UntrustedCertificateException.outOfDate(own);
        if (problem.isPresent()) {
            throw new SSLException(problem.get());
        }
    }

    private synchronized SSLSocketFactory factory(TrustedCertificates.Dated trusted) {
        if (sets.size() >= MAX_SETS && !sets.containsKey(trusted)) {
            sets.remove(sets.keySet().iterator().next());
        }
        return sets.computeIfAbsent(trusted, set -> set.tls().factory());
    }
}
