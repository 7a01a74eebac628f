package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/** Requests for an agent that ask for a text. */
final class TestRequests {

    private TestRequests() {}

    static AgentRequest of(String method, HttpUrl url) {
        return of(method, url, 10_000, Set.of());
    }

    static AgentRequest of(String method, HttpUrl url, long exchangeMillis, Set<BodyDigestAlgorithm> digests) {
        return new AgentRequest(
                method,
                server(url, AddressRule.ANY, List.of()),
                url.encodedPath(),
                List.of("Host", "www.example.org", "Accept", "*/*"),
                method.equals("POST") ? "body".getBytes(StandardCharsets.UTF_8) : new byte[0],
                new AgentRequest.Limits(2_000, 60_000, exchangeMillis, HttpLimits.MAX_BODY_BYTES),
                true,
                digests);
    }

    static AgentRequest.Server server(HttpUrl url, AddressRule rule, List<byte[]> trusted) {
        return new AgentRequest.Server(url.isHttps(), url.host(), url.port(), rule, trusted);
    }

    /** The same request to a server under other conditions. */
    static AgentRequest at(AgentRequest request, AgentRequest.Server server) {
        return new AgentRequest(
                request.method(),
                server,
                request.target(),
                request.headers(),
                request.body(),
                request.limits(),
                request.text(),
                request.digests());
    }
}
