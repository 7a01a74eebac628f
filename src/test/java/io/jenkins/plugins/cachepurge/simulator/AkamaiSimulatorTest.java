package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridCredentials;
import io.jenkins.plugins.cachepurge.client.akamai.EdgeGridSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AkamaiSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String URLS = "/ccu/v3/delete/url/production";

    private final SettableClock clock = new SettableClock(NOW);
    private final AkamaiSimulator akamai = AkamaiSimulator.demo(clock);
    private final SimServer server = SimServer.start(akamai);
    private int nonces;

    @AfterEach
    void close() {
        server.close();
    }

    private SimClient.Reply post(String path, String body) throws Exception {
        return post(path, body, NOW, "nonce-" + nonces++, AkamaiSimulator.DEMO_CLIENT_SECRET);
    }

    private SimClient.Reply post(String path, String body, Instant signedAt, String nonce, String secret)
            throws Exception {
        EdgeGridCredentials credentials = EdgeGridCredentials.of(
                server.url().toString(), AkamaiSimulator.DEMO_CLIENT_TOKEN, secret, AkamaiSimulator.DEMO_ACCESS_TOKEN);
        String header = new EdgeGridSignature(credentials, signedAt, nonce)
                .authorization("POST", HttpUrl.get(server.url() + path), body.getBytes(StandardCharsets.UTF_8));
        SimClient client = new SimClient(server.url(), "Authorization", header);
        return body.isEmpty() ? client.send("POST", path) : client.send("POST", path, body);
    }

    private static String detail(SimClient.Reply reply) {
        return reply.status() + " " + reply.json().path("title").asText() + ": "
                + reply.json().path("detail").asText();
    }

    @Test
    void takesASignatureOnceAndOnlyWhenItIsNew() throws Exception {
        String body = "{\"objects\":[\"https://www.example.org/\"]}";
        String secret = AkamaiSimulator.DEMO_CLIENT_SECRET;
        assertEquals(201, post(URLS, body, NOW.minusSeconds(30), "a", secret).status());
        assertEquals("400 Bad request: Invalid nonce", detail(post(URLS, body, NOW, "a", secret)));
        assertEquals("400 Bad request: Invalid timestamp", detail(post(URLS, body, NOW.minusSeconds(31), "b", secret)));
        assertEquals("400 Bad request: Invalid timestamp", detail(post(URLS, body, NOW.plusSeconds(31), "c", secret)));
        assertEquals(
                "401 Not authorized: The signature does not match", detail(post(URLS, body, NOW, "d", "other-secret")));
        assertEquals(
                "400 Bad request: Invalid authorization header",
                detail(new SimClient(server.url(), "Authorization", "EG1-HMAC-SHA256 x").send("POST", URLS, body)));
        akamai.deactivate();
        assertEquals("401 Not authorized: Inactive client token", detail(post(URLS, body)));
        assertEquals(1, akamai.purges().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ccu/v3/delete/url/production|{\"objects\":[\"www.example.org/\"]}|400",
                "/ccu/v3/delete/url/production|{\"objects\":[]}|400",
                "/ccu/v3/delete/url/production|{\"objects\":[\"https://a.example/\"],\"hostname\":\"a\"}|400",
                "/ccu/v3/delete/url/production|{\"objects\":[\"https://a.foreign.example/\"]}|403",
                "/ccu/v3/delete/cpcode/production|{\"objects\":[\"123456\"]}|400",
                "/ccu/v3/delete/cpcode/production|{\"objects\":[1]}|403",
                "/ccu/v3/delete/tag/production|{\"objects\":[\"a,b\"]}|400",
                "/ccu/v3/delete/tag/|{\"objects\":[\"a\"]}|404",
                "/ccu/v3/remove/tag|{\"objects\":[\"a\"]}|404",
                "/ccu/v3/delete/tag/test|{\"objects\":[\"a\"]}|404"
            })
    void refusesWhatAkamaiRefuses(String path, String body, int status) throws Exception {
        assertEquals(status, post(path, body).status());
        assertEquals(List.of(), akamai.purges());
    }

    @Test
    void bodiesHaveALimit() throws Exception {
        String url = "https://www.example.org/" + "a".repeat(50_000);
        assertEquals(413, post(URLS, "{\"objects\":[\"" + url + "\"]}").status());
    }

    @Test
    void networkIsProductionIfNoneIsNamed() throws Exception {
        assertEquals(
                201, post("/ccu/v3/invalidate/tag", "{\"objects\":[\"a\"]}").status());
        assertEquals(
                List.of(new RecordedAkamaiPurge("invalidate", "tag", "production", List.of("a"), "", NOW)),
                akamai.purges());
    }

    @Test
    void headersTellTheBuckets() throws Exception {
        SimClient.Reply reply = post("/ccu/v3/invalidate/cpcode", "{\"objects\":[123456]}");
        assertEquals("100 50.00 99 0.02", bucket(reply, ""));
        assertEquals("300 0.50 299 2.00", bucket(reply, "-Objects"));
        SimClient.Reply status = post("/ccu/v3/rate-limit-status/cpcode", "");
        assertEquals(201, status.status());
        assertEquals("300 0.50 299 2.00", bucket(status, "-Objects"));
        clock.advance(Duration.ofSeconds(1));
        akamai.limitObjects("cpcode", 0, 0.5);
        SimClient.Reply refused = post(
                "/ccu/v3/invalidate/cpcode",
                "{\"objects\":[123456]}",
                clock.instant(),
                "x",
                AkamaiSimulator.DEMO_CLIENT_SECRET);
        assertEquals("429 CPCODE Rate Limit exceeded: Too many purges", detail(refused));
        assertEquals(1, refused.json().path("rateLimitCurrentRequestSize").asInt());
        assertEquals("application/api-problem+json", refused.header("Content-Type"));
    }

    private static String bucket(SimClient.Reply reply, String suffix) {
        return String.join(
                " ",
                reply.header("X-Ratelimit-Limit" + suffix),
                reply.header("X-Ratelimit-Limit-Per-Second" + suffix),
                reply.header("X-Ratelimit-Remaining" + suffix),
                reply.header("X-Ratelimit-Seconds-To-Refresh-Limit" + suffix));
    }
}
