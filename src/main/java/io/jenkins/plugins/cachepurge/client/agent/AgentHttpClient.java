package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.agent.AgentAnswer.Reason;
import io.jenkins.plugins.cachepurge.client.http.AddressLookupCall;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.UntrustedCertificateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * HTTP/1.1 client of agents, over the sockets and TLS of Java: one exchange on the calling thread, no redirects, no
 * proxy, nothing sent twice.
 *
 * <p>The clients of Java cannot send the {@code Host} header that caches need, unless the agent's command line allows it,
 * nor one of them a method such as {@code PURGE}. Those of libraries are hundreds of classes, each of which travels to
 * every fresh agent; what is needed of them is these few.
 */
public final class AgentHttpClient {

    private static final int CHUNK_BYTES = 1 << 14;

    private final AgentConnections connections = new AgentConnections();

    /** Sends a request, and waits for its response. */
    public AgentAnswer exchange(AgentRequest request) {
        if (request.method().equals(AddressLookupCall.METHOD)) {
            return addresses(request.server().host());
        }
        long deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(request.limits().exchangeMillis());
        AgentConnections.Key key;
        AgentConnection connection;
        try {
            key = AgentConnections.Key.of(request.server());
            Optional<AgentConnection> idle = connections.takeIdle(key);
            connection = idle.isPresent()
                    ? idle.get()
                    : connections.open(key, request.limits().connectMillis(), deadline);
        } catch (IOException | CertificateException e) {
            return notConnected(e);
        }
        try {
            return exchange(request, key, connection, deadline);
        } catch (IOException e) {
            return new AgentAnswer.Failure(Reason.NO_RESPONSE, reason(e));
        }
    }

    /** What the agent's resolver says, one address per line. */
    private static AgentAnswer addresses(String host) {
        try {
            String lines = Stream.of(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .collect(Collectors.joining("\n"));
            byte[] body = lines.getBytes(StandardCharsets.UTF_8);
            return new AgentAnswer.Response(200, "", List.of(), body, false, Map.of());
        } catch (UnknownHostException e) {
            return notConnected(e);
        }
    }

    private AgentAnswer exchange(
            AgentRequest request, AgentConnections.Key key, AgentConnection connection, long deadline)
            throws IOException {
        boolean reusable = false;
        try {
            connection.begin(deadline, request.limits().readMillis());
            connection.send(bytes(request));
            ResponseHead head = ResponseHead.read(connection.in());
            ResponseBody body = ResponseBody.of(head, request.method(), connection.in());
            BodyContent content = BodyContent.read(body, request, deadline);
            reusable = head.keepsAlive() && content.complete() && body.leavesConnection();
            return new AgentAnswer.Response(
                    head.status(),
                    head.reason(),
                    head.headers(),
                    content.start(),
                    content.truncated(),
                    content.digests());
        } finally {
            if (reusable) {
                connections.keep(key, connection);
            } else {
                connection.close();
            }
        }
    }

    private static byte[] bytes(AgentRequest request) {
        byte[] body = request.body();
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        List<String> headers = request.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            head.append(headers.get(i)).append(": ").append(headers.get(i + 1)).append("\r\n");
        }
        if (!request.method().equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /**
     * Content of a body, as far as it was read.
     *
     * @param start at most the limit of the request
     * @param truncated whether it is longer than its start
     * @param complete whether it was read to its end
     */
    private record BodyContent(
            byte[] start, boolean truncated, boolean complete, Map<BodyDigestAlgorithm, String> digests) {

        static BodyContent read(ResponseBody body, AgentRequest request, long deadline) throws IOException {
            Map<BodyDigestAlgorithm, MessageDigest> digests = new EnumMap<>(BodyDigestAlgorithm.class);
            request.digests().forEach(algorithm -> digests.put(algorithm, algorithm.newDigest()));
            int wanted = request.text() ? request.limits().bodyBytes() : 0;
            ByteArrayOutputStream start = new ByteArrayOutputStream();
            boolean more = false;
            byte[] chunk = new byte[CHUNK_BYTES];
            int count = 0;
            while (goesOn(digests, wanted, more) && (count = body.read(chunk)) >= 0) {
                AgentConnection.millisLeft(deadline, Integer.MAX_VALUE);
                int read = count;
                digests.values().forEach(digest -> digest.update(chunk, 0, read));
                int kept = Math.min(count, wanted - start.size());
                start.write(chunk, 0, kept);
                more |= kept < count;
            }
            Map<BodyDigestAlgorithm, String> hex = new EnumMap<>(BodyDigestAlgorithm.class);
            digests.forEach(
                    (algorithm, digest) -> hex.put(algorithm, HexFormat.of().formatHex(digest.digest())));
            return new BodyContent(start.toByteArray(), more && wanted > 0, count < 0, hex);
        }

        private static boolean goesOn(Map<BodyDigestAlgorithm, MessageDigest> digests, int wanted, boolean more) {
            return !digests.isEmpty() || wanted > 0 && !more;
        }
    }

    private static AgentAnswer notConnected(Exception problem) {
        if (problem instanceof AgentConnections.ForbiddenException) {
            return new AgentAnswer.Failure(Reason.FORBIDDEN_ADDRESS, problem.getMessage());
        }
        Optional<UntrustedCertificateException> untrusted = UntrustedCertificateException.in(problem);
        if (untrusted.isPresent()) {
            return new AgentAnswer.Untrusted(
                    untrusted.get().problem(), untrusted.get().getMessage());
        }
        return new AgentAnswer.Failure(
                problem instanceof SSLException ? Reason.TLS_FAILED : Reason.NOT_CONNECTED, reason(problem));
    }

    private static String reason(Exception problem) {
        if (problem instanceof UnknownHostException) {
            return "unknown host name";
        }
        if (problem instanceof ConnectException) {
            return "connection refused or no route";
        }
        if (problem instanceof SSLException) {
            return "TLS failed (%s)".formatted(problem.getMessage());
        }
        if (problem instanceof InterruptedIOException) {
            return "the request timed out";
        }
        if (problem instanceof BrokenResponseException) {
            return "the response is no valid HTTP: " + problem.getMessage();
        }
        return "the connection broke (%s)".formatted(problem.getClass().getSimpleName());
    }
}
