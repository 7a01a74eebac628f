package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.UntrustedCertificateException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What came of a request that an agent sent. */
public sealed interface AgentAnswer extends Serializable {

    /**
     * A response, read whole or up to the limit.
     *
     * @param reason the words behind the status; may be empty
     * @param headers names and values in turn
     * @param body its start; empty if it was not asked for
     * @param truncated whether there is more of it
     * @param digests of all of it, in lower-case hexadecimal digits
     */
    record Response(
            int status,
            String reason,
            List<String> headers,
            byte[] body,
            boolean truncated,
            Map<BodyDigestAlgorithm, String> digests)
            implements AgentAnswer {

        private static final long serialVersionUID = 1L;

        public Response {
            Objects.requireNonNull(reason);
            headers = List.copyOf(headers);
            digests = Map.copyOf(digests);
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        /** Contains nothing that the server said; remoting logs it. */
        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /**
     * No response.
     *
     * @param detail in English, for people; may contain what a server said
     */
    record Failure(Reason reason, String detail) implements AgentAnswer {

        private static final long serialVersionUID = 1L;

        public Failure {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(detail);
        }

        /** A failure that needs no further words. */
        public Failure(Reason reason) {
            this(reason, "");
        }
    }

    /**
     * No response: the server's certificate is not accepted, so nothing was sent.
     *
     * @param detail in English, for people; may contain what a server said
     */
    record Untrusted(UntrustedCertificateException.Problem problem, String detail) implements AgentAnswer {

        private static final long serialVersionUID = 1L;

        public Untrusted {
            Objects.requireNonNull(problem);
            Objects.requireNonNull(detail);
        }
    }

    /** Why there is no response. */
    enum Reason {
        /** The agent is not connected, so nothing was sent. */
        NO_AGENT,
        /** The host has no address, or no connection could be made. */
        NOT_CONNECTED,
        /** TLS could not be set up; nothing was sent. */
        TLS_FAILED,
        /** The host has an address that is not allowed; nothing was sent. */
        FORBIDDEN_ADDRESS,
        /** The request was sent, and no complete response arrived. */
        NO_RESPONSE,
        /** The agent was lost after it had got the request. */
        LOST_AGENT
    }
}
