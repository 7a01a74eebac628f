package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuddyRoutesTest {

    private static final String ROUTE = "/workspaces/acme/distributions/d1/routes/r1";
    private static final String ALL = "{\"purge_all\":true}";

    private final BuddySimulator buddy = new BuddySimulator(
                    new SettableClock(Instant.parse("2026-03-01T10:00:00Z")), "token")
            .addRoute("acme", "", "d1", "r1")
            .addRoute("acme", "website", "d2", "r2");
    private final SimServer server = SimServer.start(buddy);
    private final SimClient client = new SimClient(server.url(), "Authorization", "Bearer token");

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"purge_all\":true}|[]",
                "{\"purge_all\":true,\"purge_paths\":[]}|[]",
                "{\"purge_paths\":[\"/a\",\"/b/*\"]}|[/a, /b/*]",
                "{\"purge_all\":false,\"purge_paths\":[\"/\"]}|[/]",
            })
    void purges(String body, String paths) throws Exception {
        SimClient.Reply reply = client.send("POST", ROUTE + "/cache", body);
        assertEquals(204, reply.status());
        assertEquals("", reply.text());
        assertEquals(paths, buddy.routePurges().get(0).paths().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"purge_all\":false}",
                "{\"purge_all\":\"true\"}",
                "{\"purge_all\":true,\"purge_paths\":[\"/a\"]}",
                "{\"purge_paths\":[]}",
                "{\"purge_paths\":[\"a\"]}",
                "{\"purge_paths\":[\"/*/a\"]}",
                "{\"purge_paths\":[7]}",
                "{\"purge_paths\":[\"/a\"],\"purge_tags\":[]}"
            })
    void refusesOtherBodies(String body) throws Exception {
        assertEquals(400, client.send("POST", ROUTE + "/cache", body).status());
        assertEquals(List.of(), buddy.routePurges());
    }

    @Test
    void findsARouteOfAProjectByTheProjectOnly() throws Exception {
        String route = "/workspaces/acme/distributions/d2/routes/r2";
        assertEquals(404, client.send("POST", route + "/cache", ALL).status());
        assertEquals(
                204,
                client.send("POST", route + "/cache?project_name=website", ALL).status());
        assertEquals(
                "r2",
                client.get(route + "?project_name=website").json().get("id").textValue());
        assertEquals(404, client.get(ROUTE + "?project_name=website").status());
        assertEquals(405, client.get(ROUTE + "/cache").status());
    }

    @Test
    void needsTheScopes() throws Exception {
        buddy.rejectScope("DISTRIBUTION_MANAGE");
        assertEquals(403, client.send("POST", ROUTE + "/cache", ALL).status());
        assertEquals(200, client.get(ROUTE).status());
        buddy.rejectScope("DISTRIBUTION_INFO");
        assertEquals(403, client.get(ROUTE).status());
        assertEquals(
                401,
                client.with("Authorization", "Bearer other")
                        .send("POST", ROUTE + "/cache", ALL)
                        .status());
    }
}
