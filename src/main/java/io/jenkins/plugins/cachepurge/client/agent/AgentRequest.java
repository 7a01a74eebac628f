package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * One request for an agent, with its limits. Exists only for its exchange: its headers may contain a secret.
 *
 * @param method an HTTP method
 * @param server where it is sent
 * @param target path and query, encoded
 * @param headers all headers but those of the body's length, names and values in turn, with {@code Host}
 * @param body empty for none; its length is sent with every method but GET
 * @param limits of the exchange
 * @param text whether the start of the response's body comes back
 * @param digests of the response's body that come back
 */
public record AgentRequest(
        String method,
        Server server,
        String target,
        List<String> headers,
        byte[] body,
        Limits limits,
        boolean text,
        Set<BodyDigestAlgorithm> digests)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Server of a request.
     *
     * @param tls whether it is asked by https
     * @param host a name or an address, which TLS proves
     * @param addresses the addresses of the host that are allowed, as the agent resolves it
     * @param trusted certificates of further authorities, in DER
     */
    public record Server(boolean tls, String host, int port, AddressRule addresses, List<byte[]> trusted)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public Server {
            trusted = List.copyOf(trusted);
        }
    }

    /**
     * Limits of an exchange.
     *
     * @param connectMillis timeout of connecting to one address, in milliseconds
     * @param readMillis how long the next byte may take, in milliseconds
     * @param exchangeMillis timeout of all of it, in milliseconds
     * @param bodyBytes how much of the body comes back at most
     */
    public record Limits(int connectMillis, int readMillis, long exchangeMillis, int bodyBytes)
            implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /** @throws IllegalArgumentException if a part of it would end the line that it is in */
    public AgentRequest {
        headers = List.copyOf(headers);
        digests = Set.copyOf(digests);
        body = body.clone();
        checkLine(method);
        checkLine(target);
        headers.forEach(AgentRequest::checkLine);
    }

    private static void checkLine(String part) {
        if (part.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a line break in a request");
        }
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "%s %s:%d".formatted(method, server.host(), server.port());
    }
}
