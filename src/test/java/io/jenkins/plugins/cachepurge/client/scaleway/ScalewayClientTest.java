package io.jenkins.plugins.cachepurge.client.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Redactor;
import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.client.http.TestResponses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScalewayClientTest {

    private static final ScalewayClient CLIENT = new ScalewayClient(ApiUrl.of("https://api.scaleway.com"));
    private static final String URL = "https://api.scaleway.com/edge-services/v1beta1/purge-requests";
    private static final String ID = "5a0c3a6e-0f0e-4c0b-8a3b-0b5f5a1f2c3d";

    record Sent(ApiCall<?> call, String method, String url, String json, Idempotency repeat) {}

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(
                        CLIENT.purgeAll("p"),
                        "POST",
                        URL,
                        "{\"pipeline_id\":\"p\",\"all\":true}",
                        Idempotency.IDEMPOTENT),
                new Sent(
                        CLIENT.purge("p", List.of("/a b", "/é?\"x\"&y=1")),
                        "POST",
                        URL,
                        "{\"pipeline_id\":\"p\",\"assets\":[\"/a b\",\"/é?\\\"x\\\"&y=1\"]}",
                        Idempotency.IDEMPOTENT),
                new Sent(CLIENT.get(ID), "GET", URL + "/" + ID, null, Idempotency.IDEMPOTENT),
                new Sent(CLIENT.get("a/../b c?d"), "GET", URL + "/a%2F..%2Fb%20c%3Fd", null, Idempotency.IDEMPOTENT),
                new Sent(
                        CLIENT.list("p&q=1", SortOrder.NEWEST_FIRST, 2, 50),
                        "GET",
                        URL + "?pipeline_id=p%26q%3D1&order_by=created_at_desc&page=2&page_size=50",
                        null,
                        Idempotency.IDEMPOTENT),
                new Sent(
                        CLIENT.list("p", SortOrder.OLDEST_FIRST, 1, 1),
                        "GET",
                        URL + "?pipeline_id=p&order_by=created_at_asc&page=1&page_size=1",
                        null,
                        Idempotency.IDEMPOTENT));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void sendsWhatScalewaysClientsSend(Sent sent) {
        assertEquals(sent.method(), sent.call().request().method());
        assertEquals(sent.url(), sent.call().request().url().toString());
        assertEquals(Optional.ofNullable(sent.json()), sent.call().request().bodyText());
        assertEquals(Map.of(), sent.call().request().headers());
        assertEquals(sent.repeat(), sent.call().idempotency());
        assertEquals("Scaleway Edge Services", sent.call().service());
    }

    @Test
    void readsAPurgeOfPaths() {
        ScalewayPurgeRequest request =
                TestResponses.said(CLIENT.purge("p", List.of("/a", "/b")), 200, """
                {"id": "%s", "pipeline_id": "p", "status": "pending", "assets": ["/a", null, "/b"], "all": null,
                 "created_at": "2026-03-01T12:00:00.123456Z", "updated_at": "2026-03-01T12:00:01Z", "new": {}}
                """.formatted(ID));
        assertEquals(ID, request.id());
        assertEquals(List.of("/a", "/b"), request.assets());
        assertFalse(request.all());
        assertEquals("2026-03-01T12:00:00.123456Z", request.createdAt());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"true, -", "true, yesterday"})
    void readsAPurgeOfEverything(boolean all, String created) {
        String date = created == null ? "null" : '"' + created + '"';
        ScalewayPurgeRequest request = TestResponses.said(
                CLIENT.get(ID),
                200,
                "{\"id\":\"%s\",\"status\":\"done\",\"all\":%s,\"created_at\":%s}".formatted(ID, all, date));
        assertTrue(request.all());
        assertEquals(List.of(), request.assets());
    }

    @ParameterizedTest
    @CsvSource({
        "pending, IN_PROGRESS, false",
        "done, SUCCEEDED, true",
        "error, FAILED, true",
        "unknown_status, UNKNOWN, false",
        "DONE, UNKNOWN, false",
        "done_partly, UNKNOWN, false",
    })
    void anyWordButItsOwnIsNeitherSuccessNorEnd(String word, RemoteStatus status, boolean ended) {
        assertEquals(status, new ScalewayPurgeRequest("1", "p", word, List.of(), false, null, null).remoteStatus());
        assertEquals(ended, status.hasEnded());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"other\",\"status\":\"done\"}|it is about purge request other",
                "{\"id\":\"\",\"status\":\"done\"}|a purge request without id or status",
                "{\"id\":\"x\"}|a purge request without id or status",
                "[]|not a JSON object"
            })
    void anotherRequestIsNoAnswer(String body, String why) {
        ApiException problem = TestResponses.refused(CLIENT.get(ID), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @Test
    void readsAPageAndTheServicesClock() {
        ApiResponse answer = TestResponses.answer(
                200,
                "{\"purge_requests\":[{\"id\":\"1\",\"status\":\"done\"},{\"id\":\"2\",\"status\":\"new\"}],\"total_count\":7}",
                "Date",
                "Sun, 01 Mar 2026 12:00:30 GMT");
        Outcome<ScalewayPurgeRequestPage> outcome =
                CLIENT.list("p", SortOrder.NEWEST_FIRST, 1, 2).read(answer, Redactor.NONE);
        ScalewayPurgeRequestPage page = ((Outcome.Success<ScalewayPurgeRequestPage>) outcome).value();
        assertEquals(
                List.of("1", "2"),
                page.requests().stream().map(ScalewayPurgeRequest::id).toList());
        assertEquals(7, page.totalCount());
    }

    @Test
    void aPageWithoutACountIsAllThereIs() {
        ScalewayPurgeRequestPage page = TestResponses.said(
                CLIENT.list("p", SortOrder.NEWEST_FIRST, 1, 2),
                200,
                "{\"purge_requests\":[{\"id\":\"1\",\"status\":\"done\"}]}");
        assertEquals(1, page.totalCount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|a list without purge_requests",
                "{\"purge_requests\":null}|a list without purge_requests",
                "[]|a list without purge_requests",
                "null|a list without purge_requests",
                "{\"purge_requests\":[1]}|not a JSON object",
                "{\"purge_requests\":[{\"id\":\"1\"}]}|a purge request without id or status",
                "{\"purge_requests\":[null]}|not a JSON object"
            })
    void aBrokenPageIsNoAnswer(String body, String why) {
        ApiException problem =
                TestResponses.refused(CLIENT.list("p", SortOrder.NEWEST_FIRST, 1, 2), TestResponses.answer(200, body));
        assertEquals(Kind.UNREADABLE, problem.kind());
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }
}
