package io.jenkins.plugins.cachepurge.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorsTest {

    private static final DemoData DATA = DemoData.STANDARD;

    @Test
    void runsAll() throws Exception {
        try (Simulators all = Simulators.start(Map.of(), DATA, InstantSource.system())) {
            SimClient buddy = new SimClient(all.buddy(), "Authorization", "Bearer " + DATA.buddyToken());
            SimClient scaleway = new SimClient(all.scaleway(), "X-Auth-Token", DATA.scalewaySecretKey());
            SimClient gotipath = new SimClient(
                    all.gotipath(),
                    "X-Auth-ClientId",
                    DATA.gotipathClientId(),
                    "X-Auth-LibraryId",
                    DATA.gotipathLibraryId(),
                    "X-Auth-ApiKey",
                    DATA.gotipathApiKey());
            SimClient feldera = new SimClient(all.feldera(), "Authorization", "Bearer " + DATA.felderaApiKey());

            String executions = "/workspaces/acme/projects/website/pipelines/2/executions";
            assertEquals(
                    3, buddy.get(executions).json().get("total_element_count").intValue());
            assertEquals(
                    2,
                    scaleway.get("/edge-services/v1beta1/purge-requests")
                            .json()
                            .get("total_count")
                            .intValue());
            assertEquals(
                    200,
                    gotipath.get("/v1/distributions/" + DATA.gotipathDistributionId())
                            .status());
            assertEquals(2, feldera.get("/v0/pipelines").json().size());
            SimClient fastly = new SimClient(all.fastly(), "Fastly-Key", FastlySimulator.DEMO_TOKEN);
            assertEquals(
                    200, fastly.get("/service/" + FastlySimulator.DEMO_SERVICE).status());
            SimClient cloudflare =
                    new SimClient(all.cloudflare(), "Authorization", "Bearer " + CloudflareSimulator.DEMO_TOKEN);
            assertEquals(
                    200,
                    cloudflare
                            .get("/client/v4/zones/" + CloudflareSimulator.DEMO_ZONE)
                            .status());
            assertEquals(401, new SimClient(all.keyCdn()).get("/zones/1.json").status());
            SimClient bunny = new SimClient(all.bunny(), "AccessKey", BunnySimulator.DEMO_KEY);
            assertEquals(
                    200, bunny.get("/pullzone/" + BunnySimulator.DEMO_PULL_ZONE).status());
            SimClient gcore = new SimClient(all.gcore(), "Authorization", "APIKey " + GcoreSimulator.DEMO_TOKEN);
            assertEquals(
                    200,
                    gcore.get("/cdn/resources/" + GcoreSimulator.DEMO_RESOURCE).status());
            assertEquals(
                    403,
                    new SimClient(all.cloudFront())
                            .get("/2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation")
                            .status());
            assertEquals(404, new SimClient(all.sts()).get("/").status());
        }
    }

    @Test
    void saysWhereTheyAre() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Simulators all = Simulators.start(Map.of(), DATA, InstantSource.system())) {
            all.describe(new PrintStream(text, true, StandardCharsets.UTF_8));
            String printed = text.toString(StandardCharsets.UTF_8);
            assertTrue(printed.contains("Buddy     " + all.buddy() + "  token " + DATA.buddyToken()), printed);
            assertTrue(printed.contains(all.feldera() + "/v0/pipelines/orders/clear"), printed);
            assertTrue(printed.contains(all.fastly() + "/service/SU1Z0isxPaozGVKXdv0eY/purge_all"), printed);
            assertTrue(printed.contains(all.cloudflare() + "/client/v4/zones/"), printed);
            assertTrue(printed.contains(all.bunny() + "/pullzone/4711/purgeCache"), printed);
            assertTrue(printed.contains(all.gcore() + "/cdn/resources/1001/purge"), printed);
            assertTrue(printed.contains("Akamai    " + all.akamai()), printed);
            assertTrue(printed.contains("Google    " + all.google()), printed);
            assertTrue(printed.contains("Azure     " + all.azure()), printed);
            assertTrue(printed.contains(all.cloudFront() + "/2020-05-31/distribution/EDFDVBD6EXAMPLE"), printed);
            assertTrue(printed.contains(all.keyCdn() + "/zones/purgeurl/209797.json"), printed);
        }
    }

    @Test
    void readsPorts() {
        assertEquals(Map.of(), Simulators.ports());
        assertEquals(
                Map.of("--buddy-port", 8081, "--feldera-port", 0),
                Simulators.ports("--buddy-port", "8081", "--feldera-port", "0"));
        assertThrows(IllegalArgumentException.class, () -> Simulators.ports("--buddy-port"));
        assertThrows(IllegalArgumentException.class, () -> Simulators.ports("--port", "1"));
        assertThrows(IllegalArgumentException.class, () -> Simulators.ports("--buddy-port", "65536"));
        assertThrows(IllegalArgumentException.class, () -> Simulators.ports("--buddy-port", "x"));
    }
}
