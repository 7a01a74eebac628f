package io.jenkins.plugins.cachepurge.client.httpcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import io.jenkins.plugins.cachepurge.client.httpcache.PurgeScope.Match;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers mean what. Those of servers that are not in Debian's packages are as their source writes them. */
class CacheResponsesTest {

    private static final ApiUrl CACHE = ApiUrl.of("http://cache.example.org:6081");
    private static final PurgeScope PAGE = new PurgeScope("www.example.org", "/a?b=c", Match.EXACT);
    private static final PurgeScope PREFIX = new PurgeScope("www.example.org", "/a/", Match.PREFIX);

    /** What the application behind a cache may say to anything. */
    private static final String[] APPLICATION = {
        "", "OK", "Purged", "{}", "{\"status\":\"ok\"}", "<html><head><title>Purged</title></head></html>", "Not Found"
    };

    private static final String OWN_404 =
            "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    private static final String OWN_412 = OWN_404.replace("404 Not Found", "412 Precondition Failed");

    private static Optional<PurgeOutcome> verdict(HttpCacheClient server, PurgeScope pages, ApiResponse answer) {
        Outcome<PurgeOutcome> outcome = server.purge(CACHE, pages).read(answer, Redactor.NONE);
        return outcome instanceof Outcome.Success<PurgeOutcome> answered
                ? Optional.of(answered.value())
                : Optional.empty();
    }

    private static ApiResponse words(int status, String reason, String body, String... headers) {
        ApiResponse answer = TestResponses.answer(status, body, headers);
        return new ApiResponse(status, reason, answer.headers(), body, false, answer.receivedAt());
    }

    @Test
    void requests() {
        ApiCall<PurgeOutcome> page = new VarnishClient(false).purge(CACHE, PAGE);
        assertEquals("PURGE", page.request().method());
        assertEquals("http://cache.example.org:6081/a?b=c", page.request().url().toString());
        assertEquals(
                Map.of("Host", "www.example.org", "Accept", "*/*"),
                page.request().headers());
        assertEquals(Idempotency.IDEMPOTENT, page.idempotency());
        assertEquals("purge /a?b=c of www.example.org at http://cache.example.org:6081", page.purpose());
        assertEquals(
                Map.of("Host", "www.example.org", "Accept", "*/*", "X-Purge", "soft"),
                new VarnishClient(true).purge(CACHE, PAGE).request().headers());

        ApiCall<PurgeOutcome> everything = new VarnishClient(false).purge(CACHE, PurgeScope.everything());
        assertEquals("BAN", everything.request().method());
        assertEquals(
                Map.of("Accept", "*/*", "X-Ban", "everything"),
                everything.request().headers());
        assertEquals("purge everything at http://cache.example.org:6081", everything.purpose());

        ApiCall<PurgeOutcome> prefix =
                new NginxClient(false).purge(ApiUrl.of("http://nginx.example.org/purge"), PREFIX);
        assertEquals(
                "http://nginx.example.org/purge/a/*", prefix.request().url().toString());
        assertEquals(
                "purge all that starts with /a/ of www.example.org at http://nginx.example.org/purge",
                prefix.purpose());
        assertThrows(IllegalArgumentException.class, () -> PurgeMethodClient.SQUID.purge(CACHE, PREFIX));
    }

    @ParameterizedTest
    @CsvSource({
        "200, Page purged, PURGED",
        "200, Purged, PURGED_OR_NOT_CACHED",
        "404, Page not cached, NOT_CACHED",
        "404, Purged,",
        "200, Page not cached,",
        "200, OK,",
        "200, Ban added,",
        "200, Prefix banned,",
        "405, Not allowed.,",
        "204, No Content,",
    })
    void varnishForAPage(int status, String reason, PurgeOutcome expected) {
        Optional<PurgeOutcome> wanted = Optional.ofNullable(expected);
        assertEquals(wanted, verdict(new VarnishClient(false), PAGE, words(status, reason, "")));
        String page = "<html>\n  <head>\n    <title>%d %s</title>\n".formatted(status, reason);
        assertEquals(wanted, verdict(new VarnishClient(false), PAGE, words(status, "", page)), "HTTP/2");
    }

    /** Many a VCL bans one page, or what a header says, and answers with the words of the documentation. */
    @ParameterizedTest
    @ValueSource(strings = {"OK", "Ban added", "Banned", "Purged", "Page purged", "Everything banned"})
    void varnishWithSomebodyElsesBan(String reason) {
        assertEquals(Optional.empty(), verdict(new VarnishClient(false), PREFIX, words(200, reason, "")));
    }

    @Test
    void varnishWithOurBan() {
        VarnishClient varnish = new VarnishClient(false);
        assertEquals(
                Optional.of(PurgeOutcome.PURGED_OR_NOT_CACHED),
                verdict(varnish, PREFIX, words(200, "Prefix banned", "")));
        PurgeScope all = PurgeScope.everything();
        assertEquals(
                Optional.of(PurgeOutcome.PURGED_OR_NOT_CACHED),
                verdict(varnish, all, words(200, "Everything banned", "")));
        assertEquals(Optional.empty(), verdict(varnish, all, words(200, "Prefix banned", "")));
        assertEquals(
                Optional.of(PurgeOutcome.STALE),
                verdict(new VarnishClient(true), PAGE, words(200, "Page marked as stale", "")));
        assertEquals(Optional.empty(), verdict(new VarnishClient(true), PAGE, words(200, "Page purged", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // 2.3 and 2.4
                "<html>\r\n<head><title>Successful purge</title></head>\r\n<body bgcolor=\"white\">\r\n<center><h1>Successful purge</h1>\r\n<br>Key : www.example.org/a\r\n",
                // 2.5
                "<html><head><title>Successful purge</title></head><body bgcolor=\"white\"><center><h1>Successful purge</h1><p>Key : /a</p></center></body></html>",
                "{\"Key\": \"www.example.org/a\"}",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><status><Key><![CDATA[/a]]></Key></status>",
                "Key:/a\n",
                // 3.0
                "<html><head><title>Cache Purge</title></head><body bgcolor=\"white\"><center><h1>Cache Purge</h1><p>Key: /a</p><p>Status: purged</p></center></body></html>",
                "{\"Key\": \"/a\", \"Status\": \"purged\"}",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><status><Key><![CDATA[/a]]></Key><Status>purged</Status></status>",
                "Key: /a\nStatus: purged\n",
            })
    void nginxWithTheModule(String body) {
        NginxClient nginx = new NginxClient(false);
        assertEquals(Optional.of(PurgeOutcome.PURGED), verdict(nginx, PAGE, TestResponses.answer(200, body)));
        assertEquals(Optional.of(PurgeOutcome.PURGED), verdict(nginx, PREFIX, TestResponses.answer(200, body)));
        assertEquals(Optional.of(PurgeOutcome.ACCEPTED), verdict(nginx, PREFIX, TestResponses.answer(202, body)));
        assertEquals(Optional.empty(), verdict(nginx, PAGE, TestResponses.answer(202, body)));
        assertEquals(Optional.empty(), verdict(new NginxClient(true), PAGE, TestResponses.answer(200, body)));
    }

    @Test
    void nginxWhereNothingWasCached() {
        NginxClient nginx = new NginxClient(false);
        assertEquals(Optional.of(PurgeOutcome.NOT_CACHED), verdict(nginx, PAGE, TestResponses.answer(404, OWN_404)));
        assertEquals(Optional.of(PurgeOutcome.NOT_CACHED), verdict(nginx, PAGE, TestResponses.answer(412, OWN_412)));
        assertEquals(
                Optional.of(PurgeOutcome.PURGED_OR_NOT_CACHED),
                verdict(nginx, PREFIX, TestResponses.answer(412, OWN_412)));
        assertEquals(
                Optional.empty(), verdict(nginx, PREFIX, TestResponses.answer(404, OWN_404)), "2.3 knows no prefixes");
        assertEquals(
                Optional.empty(),
                verdict(nginx, PAGE, TestResponses.answer(405, OWN_404.replace("404 Not Found", "405 Not Allowed"))));
    }

    @Test
    void nginxPlus() {
        assertEquals(
                Optional.of(PurgeOutcome.PURGED), verdict(new NginxClient(true), PAGE, TestResponses.answer(204, "")));
        assertEquals(
                Optional.of(PurgeOutcome.PURGED),
                verdict(new NginxClient(true), PREFIX, TestResponses.answer(204, "")));
        assertEquals(Optional.empty(), verdict(new NginxClient(false), PAGE, TestResponses.answer(204, "")));
    }

    @ParameterizedTest
    @CsvSource({"TRAFFIC_SERVER, ATS/9.2.9, squid/5.7", "SQUID, squid/5.7, ATS/9.2.9"})
    void plainPurge(PurgeMethodClient server, String own, String other) {
        assertEquals(
                Optional.of(PurgeOutcome.PURGED), verdict(server, PAGE, TestResponses.answer(200, "", "Server", own)));
        assertEquals(
                Optional.of(PurgeOutcome.NOT_CACHED),
                verdict(server, PAGE, TestResponses.answer(404, "", "Server", own)));
        assertEquals(Optional.empty(), verdict(server, PAGE, TestResponses.answer(200, "", "Server", other)));
        assertEquals(Optional.empty(), verdict(server, PAGE, TestResponses.answer(404, "")));
        assertEquals(Optional.empty(), verdict(server, PAGE, TestResponses.answer(200, "", "Server", own, "Age", "0")));
        assertEquals(Optional.empty(), verdict(server, PAGE, TestResponses.answer(404, "<HTML>", "Server", own)));
        assertEquals(Optional.empty(), verdict(server, PAGE, TestResponses.answer(204, "", "Server", own)));
    }

    @Test
    void nothingThatAnApplicationSays() {
        for (HttpCacheClient server : new HttpCacheClient[] {
            new VarnishClient(false),
            new VarnishClient(true),
            new NginxClient(false),
            PurgeMethodClient.TRAFFIC_SERVER,
            PurgeMethodClient.SQUID
        }) {
            for (String body : APPLICATION) {
                for (int status : new int[] {200, 201, 202, 204, 301, 400, 404, 405, 412, 500}) {
                    ApiResponse answer = words(status, "OK", body, "Server", "nginx", "Content-Type", "text/html");
                    assertEquals(Optional.empty(), verdict(server, PAGE, answer), () -> server + " " + answer);
                }
            }
        }
    }

    @Test
    void messages() {
        ApiCall<PurgeOutcome> call = new VarnishClient(false).purge(CACHE, PAGE);
        ApiException forbidden = TestResponses.refused(call, words(403, "Purging not allowed", "<html>"));
        assertEquals(
                "Varnish was asked to purge /a?b=c of www.example.org at http://cache.example.org:6081 and answered HTTP 403: Purging not allowed. Add the address of Jenkins' controller (with via: 'agent', that of the agent) to the acl in the VCL.",
                forbidden.getMessage());
        ApiException unknown = TestResponses.refused(call, words(200, "OK", "hello", "Content-Type", "text/html"));
        assertTrue(
                unknown.getMessage()
                        .contains(
                                "answered HTTP 200 with an unexpected body (text/html): this is not how the cache confirms a purge"),
                unknown.getMessage());
        ApiException secret = TestResponses.refused(
                call, words(403, "no s3cret-word\u0007 here", ""), Signer.basic("user", "s3cret-word"));
        assertTrue(secret.getMessage().contains("HTTP 403: no ****  here."), secret.getMessage());
    }
}
