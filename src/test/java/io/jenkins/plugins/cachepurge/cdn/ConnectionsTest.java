package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The button "Test connection" says what it found, purges nothing, and says in one line what is wrong. */
@WithJenkins
class ConnectionsTest {

    private static final InstantSource CLOCK = InstantSource.system();

    /** What the button sends: credentials, id, URL. */
    @FunctionalInterface
    private interface Button {
        FormValidation press(String credentialsId, String id, String url);
    }

    private JenkinsRule j;

    @BeforeEach
    void addCredentials(JenkinsRule rule) throws Exception {
        j = rule;
        SimulatedServices.add(SimulatedServices.secretText("fastly", FastlySimulator.DEMO_TOKEN));
        SimulatedServices.add(SimulatedServices.secretText("cloudflare", CloudflareSimulator.DEMO_TOKEN));
        SimulatedServices.add(SimulatedServices.secretText("keycdn", KeyCdnSimulator.DEMO_KEY));
        SimulatedServices.add(SimulatedServices.secretText("other", "another-valid-token"));
    }

    @Test
    void readsTheServiceOfFastly() {
        FastlySimulator fastly = FastlySimulator.demo(CLOCK);
        FastlyProvider.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(FastlyProvider.DescriptorImpl.class);
        check(
                fastly,
                "",
                (credentials, id, url) -> descriptor.doTestConnection(null, credentials, id, url),
                List.of(FastlySimulator.DEMO_SERVICE, "unknown", "no id"),
                List.of(
                        "Connected: service Website",
                        "Check serviceId, and that the token may use the service.",
                        "serviceId: must be letters and digits",
                        "HTTP 401: Provided credentials are missing or invalid."));
        assertEquals(List.of(), fastly.purges());
    }

    @Test
    void readsTheZoneOfCloudflare() {
        CloudflareSimulator cloudflare = CloudflareSimulator.demo(CLOCK);
        CloudflareProvider.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(CloudflareProvider.DescriptorImpl.class);
        check(
                cloudflare,
                "/client/v4",
                (credentials, id, url) -> descriptor.doTestConnection(null, credentials, id, url),
                List.of(CloudflareSimulator.DEMO_ZONE, "f".repeat(32), "example.com"),
                List.of(
                        "Connected: zone example.com",
                        "HTTP 404 1001: Invalid zone identifier. Check zoneId",
                        "zoneId: must be 32 hexadecimal digits",
                        "with the permission Zone > Zone > Read for this zone."));
        assertEquals(List.of(), cloudflare.purges());
    }

    @Test
    void readsTheZoneOfKeyCdn() {
        KeyCdnSimulator keyCdn = KeyCdnSimulator.demo(CLOCK);
        KeyCdnProvider.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(KeyCdnProvider.DescriptorImpl.class);
        check(
                keyCdn,
                "",
                (credentials, id, url) -> descriptor.doTestConnection(null, credentials, id, url),
                List.of(KeyCdnSimulator.DEMO_ZONE, "1", "demo"),
                List.of(
                        "Connected: zone demo",
                        "HTTP 404: Zone not found. Check zoneId",
                        "zoneId: must be a number of 1 or more",
                        "HTTP 401: Authentication failed."));
        assertEquals(List.of(), keyCdn.purges());
    }

    /**
     * @param ids a known one, an unknown one, one that cannot be meant
     * @param said of each of them, and of the known one with another secret
     */
    private static void check(SimService service, String root, Button button, List<String> ids, List<String> said) {
        try (SimServer server = SimServer.start(service)) {
            String url = server.url() + root;
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url));
            String own = service.name().toLowerCase(Locale.ROOT);
            FormValidation found = button.press(own, ids.get(0), url);
            assertEquals(FormValidation.Kind.OK, found.kind, found::toString);
            assertSaid(said.get(0), found);
            assertError(said.get(1), button.press(own, ids.get(1), url));
            assertError(said.get(2), button.press(own, ids.get(2), url));
            assertError(said.get(3), button.press("other", ids.get(0), url));
        }
    }

    private static void assertError(String said, FormValidation result) {
        assertEquals(FormValidation.Kind.ERROR, result.kind, result::toString);
        assertSaid(said, result);
    }

    private static void assertSaid(String said, FormValidation result) {
        String text = result.getMessage().replace("&gt;", ">").replace("&#039;", "'");
        assertTrue(text.contains(said), text);
    }
}
