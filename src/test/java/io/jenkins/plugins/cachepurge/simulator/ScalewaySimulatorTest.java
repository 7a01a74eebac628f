package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalewaySimulatorTest {

    private static final String KEY = "6a9a3c2e-0000-4000-8000-00000000abcd";
    private static final String PIPELINE = "0c4d1111-2222-4333-8444-555555555555";
    private static final String OTHER = "0c4d1111-2222-4333-8444-666666666666";
    private static final String PROJECT = "77777777-2222-4333-8444-555555555555";
    private static final String URL = "/edge-services/v1beta1/purge-requests";
    private static final String ALL = "{\"pipeline_id\":\"" + PIPELINE + "\",\"all\":true}";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final ScalewaySimulator scaleway = new ScalewaySimulator(clock, KEY).addPipeline(PIPELINE, PROJECT, OTHER);
    private final SimServer server = SimServer.start(scaleway);
    private final SimClient client = new SimClient(server.url(), "X-Auth-Token", KEY);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void purgesEverything() throws Exception {
        scaleway.purgeTakes(Duration.ofSeconds(30), "done");
        SimClient.Reply created = client.send("POST", URL, ALL);
        assertEquals(200, created.status());
        JsonNode purge = created.json();
        assertEquals("pending", purge.get("status").textValue());
        assertTrue(purge.get("all").booleanValue());
        assertFalse(purge.has("assets"));
        assertEquals("2026-03-01T10:00:00Z", purge.get("created_at").textValue());

        String one = URL + "/" + purge.get("id").textValue();
        clock.advance(Duration.ofSeconds(29));
        assertEquals("pending", client.get(one).json().get("status").textValue());
        clock.advance(Duration.ofSeconds(1));
        JsonNode ended = client.get(one).json();
        assertEquals("done", ended.get("status").textValue());
        assertEquals("2026-03-01T10:00:30Z", ended.get("updated_at").textValue());
    }

    @Test
    void purgesAssets() throws Exception {
        String body = "{\"pipeline_id\":\"" + PIPELINE + "\",\"all\":null,\"assets\":[\"/a\",\"/b/c.js\"]}";
        JsonNode purge = client.send("POST", URL, body).json();
        assertEquals("[\"/a\",\"/b/c.js\"]", purge.get("assets").toString());
        assertFalse(purge.has("all"));
        assertEquals(List.of("/a", "/b/c.js"), scaleway.purgeRequests().get(0).assets());
    }

    @Test
    void endsAsTheScriptSays() throws Exception {
        scaleway.purgeTakes(Duration.ofSeconds(1), "done").nextFinalStatuses("error", "never_heard_of");
        for (int i = 0; i < 3; i++) {
            client.send("POST", URL, ALL);
        }
        clock.advance(Duration.ofSeconds(1));
        List<String> statuses = scaleway.purgeRequests().stream()
                .map(purge -> purge.status(clock.instant()))
                .toList();
        assertEquals(List.of("error", "never_heard_of", "done"), statuses);
    }

    @ParameterizedTest
    @CsvSource({"'', invalid_argument", "no-uuid, invalid_argument", "6a9a3c2e-0000-4000-8000-00000000abce, not_found"})
    void refusesOtherKeys(String key, String reason) throws Exception {
        SimClient.Reply reply = client.with("X-Auth-Token", key).get(URL);
        assertEquals(401, reply.status());
        assertEquals("denied_authentication", reply.json().get("type").textValue());
        assertEquals(reason, reply.json().get("reason").textValue());
    }

    @Test
    void refusesAKeyInAnotherHeader() throws Exception {
        assertEquals(401, client.with("Authorization", "Bearer " + KEY).get(URL).status());
    }

    @Test
    void refusesAnExpiredKey() throws Exception {
        scaleway.expireKey();
        assertEquals("expired", client.get(URL).json().get("reason").textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | pipeline_id | required",
                "{'pipeline_id':null,'all':true} | pipeline_id | required",
                "{'pipeline_id':7,'all':true} | pipeline_id | format",
                "{'pipeline_id':'x','all':true} | pipeline_id | format",
                "{'pipeline_id':'P'} | assets | constraint",
                "{'pipeline_id':'P','all':true,'assets':['/a']} | assets | constraint",
                "{'pipeline_id':'P','all':false} | all | constraint",
                "{'pipeline_id':'P','all':'true'} | all | format",
                "{'pipeline_id':'P','assets':[]} | assets | constraint",
                "{'pipeline_id':'P','assets':'/a'} | assets | format",
                "{'pipeline_id':'P','assets':[1]} | assets | format",
                "{'pipeline_id':'P','assets':['a']} | assets | format",
                "{'pipeline_id':'P','assets':['https://example.org/a']} | assets | format",
                "{'pipeline_id':'P','assets':['/1','/2','/3','/4','/5','/6']} | assets | constraint",
                "{'pipeline_id':'P','all':true,'paths':[]} | paths | unknown",
                "{'pipeline_id':'P','all':true} {} | body | format",
                "[] | body | format",
            })
    void refusesWrongArguments(String body, String argument, String reason) throws Exception {
        String json = body.replace('\'', '"').replace("\"P\"", "\"" + PIPELINE + "\"");
        assertInvalid(client.send("POST", URL, json), argument, reason);
        assertEquals(List.of(), scaleway.purgeRequests());
    }

    @Test
    void refusesAnotherContentType() throws Exception {
        assertInvalid(client.send("POST", URL, ALL, "text/plain"), "body", "format");
        assertEquals(
                200,
                client.send("POST", URL, ALL, "application/json; charset=utf-8").status());
    }

    @Test
    void knowsNoOtherPipelinesRequestsPathsAndMethods() throws Exception {
        SimClient.Reply pipeline = client.send("POST", URL, ALL.replace(PIPELINE, OTHER));
        assertEquals(404, pipeline.status());
        assertEquals("not_found", pipeline.json().get("type").textValue());
        assertEquals(OTHER, pipeline.json().get("resource_id").textValue());
        assertEquals(
                "purge_request",
                client.get(URL + "/" + OTHER).json().get("resource").textValue());
        assertInvalid(client.get(URL + "/x"), "purge_request_id", "format");
        assertEquals(404, client.get(URL + "/").status());
        assertEquals(404, client.get("/purge-requests").status());
        assertEquals(405, client.send("DELETE", URL).status());
    }

    @Test
    void listsInPagesAndOrder() throws Exception {
        scaleway.assetLimit(1);
        for (int i = 1; i <= 21; i++) {
            client.send("POST", URL, "{\"pipeline_id\":\"" + PIPELINE + "\",\"assets\":[\"/" + i + "\"]}");
        }
        JsonNode first = client.get(URL).json();
        assertEquals(21, first.get("total_count").intValue());
        assertEquals(20, first.get("purge_requests").size());
        assertEquals("/1", asset(first));
        JsonNode last = client.get(URL + "?page=2").json();
        assertEquals(1, last.get("purge_requests").size());
        assertEquals("/21", asset(last));
        assertEquals(0, client.get(URL + "?page=3").json().get("purge_requests").size());
        assertEquals(
                "/19",
                asset(client.get(URL + "?order_by=created_at_desc&page=2&page_size=2")
                        .json()));
    }

    @Test
    void filtersLists() throws Exception {
        scaleway.addPipeline(OTHER);
        scaleway.addPurge(PIPELINE, List.of(), clock.instant(), "done");
        assertEquals(1, count("?pipeline_id=" + PIPELINE));
        assertEquals(0, count("?pipeline_id=" + OTHER));
        assertEquals(1, count("?project_id=" + PROJECT));
        assertEquals(0, count("?project_id=" + PIPELINE));
        assertEquals(1, count("?organization_id=" + OTHER));
        assertEquals(0, count("?organization_id=" + PIPELINE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order_by=asc", "page=0", "page=x", "page_size=101", "page_size=0", "pipeline_id=x", "limit=1"})
    void refusesWrongQueries(String query) throws Exception {
        assertEquals(400, client.get(URL + "?" + query).status());
    }

    @Test
    void refusesWhatIsNotPermitted() throws Exception {
        scaleway.denyPermission("write");
        SimClient.Reply reply = client.send("POST", URL, ALL);
        assertEquals(403, reply.status());
        assertEquals("permissions_denied", reply.json().get("type").textValue());
        assertEquals("write", reply.json().at("/details/0/action").textValue());
        assertEquals(200, client.get(URL).status());
    }

    @Test
    void limitsTheRate() throws Exception {
        scaleway.limitRate(1, Duration.ofMinutes(1));
        assertEquals(200, client.get(URL).status());
        clock.advance(Duration.ofSeconds(20));
        SimClient.Reply reply = client.get(URL);
        assertEquals(429, reply.status());
        assertEquals("too_many_requests", reply.json().get("type").textValue());
        assertEquals(40, reply.json().get("reset_seconds").intValue());
        assertEquals("2026-03-01T10:01:00Z", reply.json().get("reset_at").textValue());
        assertEquals(1, reply.json().at("/limit/quota").intValue());
        clock.advance(Duration.ofSeconds(40));
        assertEquals(200, client.get(URL).status());
    }

    private int count(String query) throws Exception {
        return client.get(URL + query).json().get("total_count").intValue();
    }

    private static String asset(JsonNode list) {
        return list.at("/purge_requests/0/assets/0").textValue();
    }

    private static void assertInvalid(SimClient.Reply reply, String argument, String reason) {
        assertEquals(400, reply.status(), reply.text());
        assertEquals("invalid_arguments", reply.json().get("type").textValue());
        assertEquals(argument, reply.json().at("/details/0/argument_name").textValue());
        assertEquals(reason, reply.json().at("/details/0/reason").textValue());
    }
}
