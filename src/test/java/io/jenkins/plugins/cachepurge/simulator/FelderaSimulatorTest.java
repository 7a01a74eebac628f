package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FelderaSimulatorTest {

    private static final String KEY = "apikey:k3y";
    private static final String ORDERS = "/v0/pipelines/orders";
    private static final String PAYMENTS = "/v0/pipelines/payments";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final FelderaSimulator feldera = new FelderaSimulator(clock, Optional.of(KEY))
            .addPipeline("orders", "InUse", "Stopped")
            .addPipeline("payments", "InUse", "Running");
    private final SimServer server = SimServer.start(feldera);
    private final SimClient client = new SimClient(server.url(), "Authorization", "Bearer " + KEY);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void clearsStorage() throws Exception {
        feldera.clearingTakes(Duration.ofSeconds(10));
        SimClient.Reply accepted = client.send("POST", ORDERS + "/clear");
        assertEquals(202, accepted.status());
        assertEquals("\"Pipeline storage is being cleared\"", accepted.text());
        assertEquals("Clearing", storage(ORDERS));
        clock.advance(Duration.ofSeconds(10));
        assertEquals("Cleared", storage(ORDERS));
        assertEquals(1, feldera.clears("orders"));
    }

    @Test
    void clearsOnlyOnce() throws Exception {
        feldera.clearingTakes(Duration.ofSeconds(10));
        client.send("POST", ORDERS + "/clear");
        clock.advance(Duration.ofSeconds(5));
        assertEquals(202, client.send("POST", ORDERS + "/clear").status());
        clock.advance(Duration.ofSeconds(5));
        assertEquals("Cleared", storage(ORDERS));
        assertEquals(202, client.send("POST", ORDERS + "/clear").status());
        assertEquals("Cleared", storage(ORDERS));
        assertEquals(1, feldera.clears("orders"));
    }

    @Test
    void mayNeverEndClearing() throws Exception {
        feldera.clearingNeverEnds();
        client.send("POST", ORDERS + "/clear");
        clock.advance(Duration.ofDays(365));
        assertEquals("Clearing", storage(ORDERS));
        SimClient.Reply start = client.send("POST", ORDERS + "/start");
        assertError(start, 400, "CannotStartWhileClearingStorage");
    }

    @Test
    void clearsStoppedPipelinesOnly() throws Exception {
        SimClient.Reply refused = client.send("POST", PAYMENTS + "/clear");
        assertError(refused, 400, "StorageStatusImmutableUnlessStopped");
        assertEquals(
                "Provisioned", refused.json().at("/details/resources_status").textValue());
        assertTrue(
                refused.json()
                        .get("message")
                        .textValue()
                        .startsWith("Cannot transition storage status from 'in_use' to 'clearing' with resources status"
                                + " 'provisioned' and desired status 'provisioned'."),
                refused.text());
        assertEquals(0, feldera.clears("payments"));
    }

    @Test
    void clearsNothingThatIsAboutToStart() throws Exception {
        feldera.addPipeline("early", "InUse", "Stopped", "Running");
        SimClient.Reply refused = client.send("POST", "/v0/pipelines/early/clear");
        assertError(refused, 400, "StorageStatusImmutableUnlessStopped");
        assertEquals("Stopped", refused.json().at("/details/resources_status").textValue());
        assertEquals(
                "Provisioned",
                refused.json().at("/details/resources_desired_status").textValue());
    }

    @Test
    void stopsThenClears() throws Exception {
        feldera.stoppingTakes(Duration.ofSeconds(3));
        SimClient.Reply accepted = client.send("POST", PAYMENTS + "/stop?force=true");
        assertEquals(202, accepted.status());
        assertEquals("\"Pipeline is forcefully stopping\"", accepted.text());
        JsonNode stopping = client.get(PAYMENTS + "?selector=status").json();
        assertEquals("Stopping", stopping.get("deployment_status").textValue());
        assertEquals("Stopped", stopping.get("deployment_desired_status").textValue());
        assertEquals("Stopping", stopping.get("deployment_resources_status").textValue());
        assertError(client.send("POST", PAYMENTS + "/clear"), 400, "StorageStatusImmutableUnlessStopped");
        assertError(client.send("POST", PAYMENTS + "/start"), 400, "IllegalPipelineAction");

        clock.advance(Duration.ofSeconds(3));
        assertEquals("Stopped", feldera.deploymentStatus("payments"));
        assertEquals(202, client.send("POST", PAYMENTS + "/stop?force=true").status());
        assertEquals(202, client.send("POST", PAYMENTS + "/clear").status());
        assertEquals(1, feldera.stops("payments"));
        assertEquals(1, feldera.clears("payments"));
    }

    @Test
    void stopsGentlyInTheEnterpriseEditionOnly() throws Exception {
        assertError(client.send("POST", PAYMENTS + "/stop"), 501, "EnterpriseFeature");
        assertError(client.send("POST", "/v0/pipelines/none/stop?force=false"), 501, "EnterpriseFeature");
        feldera.communityEdition(false);
        assertEquals(202, client.send("POST", PAYMENTS + "/stop").status());
        assertEquals("Stopping", feldera.deploymentStatus("payments"));
    }

    @Test
    void starts() throws Exception {
        feldera.startingTakes(Duration.ofSeconds(4));
        assertEquals(202, client.send("POST", ORDERS + "/start?initial=paused").status());
        assertEquals("Provisioning", feldera.deploymentStatus("orders"));
        clock.advance(Duration.ofSeconds(4));
        JsonNode started = client.get(ORDERS).json();
        assertEquals("Paused", started.get("deployment_status").textValue());
        assertEquals("Provisioned", started.get("deployment_resources_status").textValue());
        assertEquals("Paused", started.get("deployment_runtime_status").textValue());
        assertEquals("InUse", started.get("storage_status").textValue());
        assertError(client.send("POST", ORDERS + "/start?initial=fast"), 405, "UnsupportedPipelineAction");
    }

    @Test
    void showsWhyADeploymentFailed() throws Exception {
        feldera.failDeployment("payments", "RuntimeError", "out of memory");
        JsonNode failed = client.get(PAYMENTS + "?selector=status").json();
        assertEquals("Stopped", failed.get("deployment_status").textValue());
        assertEquals("out of memory", failed.at("/deployment_error/message").textValue());
        assertEquals("RuntimeError", failed.at("/deployment_error/error_code").textValue());
        assertError(
                client.send("POST", PAYMENTS + "/start?dismiss_error=false"), 400, "CannotStartWithUndismissedError");
        assertEquals(200, client.send("POST", PAYMENTS + "/dismiss_error").status());
        assertTrue(client.get(PAYMENTS).json().get("deployment_error").isNull());
        assertEquals(
                202,
                client.send("POST", PAYMENTS + "/start?dismiss_error=false").status());
    }

    @Test
    void selectsFields() throws Exception {
        assertTrue(client.get(ORDERS).json().has("program_code"));
        assertFalse(client.get(ORDERS + "?selector=status").json().has("program_code"));
        assertEquals(2, client.get("/v0/pipelines?selector=status").json().size());
        SimClient.Reply refused = client.get(ORDERS + "?selector=some");
        assertEquals(400, refused.status());
        assertTrue(refused.text().startsWith("Query deserialize error: "), refused.text());
        assertEquals(400, client.send("POST", PAYMENTS + "/stop?force=yes").status());
    }

    @Test
    void rejectsAnUnknownKeyWithUndeclaredJson() throws Exception {
        SimClient.Reply reply =
                client.with("Authorization", "Bearer apikey:other").get(ORDERS);
        assertEquals(401, reply.status());
        assertEquals("text/plain; charset=utf-8", reply.header("Content-Type"));
        assertEquals("AuthenticationFailed", reply.json().get("error_code").textValue());
        assertFalse(reply.json().has("details"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer k3y", "apikey:k3y", "Basic apikey:k3y", "Bearer"})
    void rejectsWhatIsNoKeyWithoutABody(String authorization) throws Exception {
        SimClient.Reply reply = client.with("Authorization", authorization).get(ORDERS);
        assertEquals(401, reply.status());
        assertEquals("", reply.text());
        assertTrue(reply.header("WWW-Authenticate").startsWith("Bearer"));
        assertEquals(401, client.with().get(ORDERS).status());
    }

    @Test
    void needsNoKeyIfThereIsNone() throws Exception {
        FelderaSimulator open = new FelderaSimulator(clock, Optional.empty()).addPipeline("p", "InUse", "Stopped");
        try (SimServer other = SimServer.start(open)) {
            assertEquals(
                    202,
                    new SimClient(other.url())
                            .send("POST", "/v0/pipelines/p/clear")
                            .status());
        }
    }

    @Test
    void refusesWhatAReadOnlyKeyMayNotDo() throws Exception {
        feldera.readOnlyKey();
        assertError(client.send("POST", ORDERS + "/clear"), 403, "InsufficientPermissions");
        assertEquals("InUse", storage(ORDERS));
    }

    @ParameterizedTest
    @CsvSource({"GET, /v0/pipelines/none", "POST, /v0/pipelines/none/clear", "POST, /v0/pipelines/none/stop?force=true"
    })
    void knowsNoOtherPipelines(String method, String path) throws Exception {
        SimClient.Reply reply = client.send(method, path);
        assertError(reply, 404, "UnknownPipelineName");
        assertEquals("Unknown pipeline name 'none'", reply.json().get("message").textValue());
        assertEquals("none", reply.json().at("/details/pipeline_name").textValue());
    }

    @ParameterizedTest
    @CsvSource({"GET, /v0/pipelines/orders/clear", "POST, /v0/pipelines/orders/clean", "POST, /pipelines/orders/clear"})
    void knowsNoOtherPathsAndMethods(String method, String path) throws Exception {
        SimClient.Reply reply = client.send(method, path);
        assertEquals(404, reply.status());
        assertEquals("", reply.text());
    }

    @Test
    void tellsToComeBackWhenBusy() {
        SimResponse busy = FelderaErrorResponses.lockTookTooLong();
        assertEquals(503, busy.status());
        assertEquals("5", busy.headers().get("Retry-After"));
    }

    private String storage(String path) throws Exception {
        return client.get(path + "?selector=status")
                .json()
                .get("storage_status")
                .textValue();
    }

    private static void assertError(SimClient.Reply reply, int status, String code) {
        assertEquals(status, reply.status(), reply.text());
        assertEquals(code, reply.json().get("error_code").textValue());
        assertTrue(reply.json().get("details").isObject());
        assertFalse(reply.json().get("message").textValue().isEmpty());
    }
}
