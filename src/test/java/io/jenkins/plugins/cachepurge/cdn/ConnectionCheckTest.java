package io.jenkins.plugins.cachepurge.cdn;

import static io.jenkins.plugins.cachepurge.simulator.DemoData.STANDARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.BuddySimulator;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** The button "Test connection" says what it found, purges nothing, and says in one line what is wrong. */
@ExtendWith(SharedJenkins.class)
class ConnectionCheckTest {

    private static final InstantSource CLOCK = InstantSource.system();

    private FaultInjectingService wire;
    private SimServer server;
    private JenkinsRule j;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        j = rule;
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bunny() throws Exception {
        serve(BunnySimulator.demo(CLOCK), BunnySimulator.DEMO_KEY);
        BunnyProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(BunnyProvider.DescriptorImpl.class);
        ok("Connected: pull zone 4711, acme-website", form.doTestConnection(null, "secret", " 4711 ", url()));
        ok("Connected: pull zones of the account: 1", form.doTestConnection(null, "secret", "", url()));
        error("HTTP 404. Check pullZoneId.", form.doTestConnection(null, "secret", "4712", url()));
        error("HTTP 401. Check that credentialsId holds the account", form.doTestConnection(null, "wrong", "", url()));
        error("pullZoneId: must be a number of at least 1", form.doTestConnection(null, "secret", "x", url()));
        onlyRead();
    }

    @Test
    void gcore() throws Exception {
        serve(GcoreSimulator.demo(CLOCK), GcoreSimulator.DEMO_TOKEN);
        GcoreProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(GcoreProvider.DescriptorImpl.class);
        ok("Connected: CDN resource 1001, cdn.acme.example", form.doTestConnection(null, "secret", "1001", url()));
        error("HTTP 404: Not found. Check resourceId.", form.doTestConnection(null, "secret", "1002", url()));
        error("HTTP 401: Authentication credentials", form.doTestConnection(null, "wrong", "1001", url()));
        error("resourceId: is required", form.doTestConnection(null, "secret", "", url()));
        onlyRead();
    }

    @Test
    void buddyDistribution() throws Exception {
        serve(STANDARD.buddy(CLOCK), STANDARD.buddyToken());
        BuddyDistributionProvider.DescriptorImpl form =
                j.jenkins.getDescriptorByType(BuddyDistributionProvider.DescriptorImpl.class);
        String distribution = BuddySimulator.DEMO_DISTRIBUTION;
        String route = BuddySimulator.DEMO_ROUTE;
        ok(
                "Connected: route dybEM2bg, www.acme.example",
                form.doTestConnection(null, "secret", "acme", "", distribution, route, url()));
        error("HTTP 404", form.doTestConnection(null, "secret", "acme", "website", distribution, route, url()));
        error("HTTP 401", form.doTestConnection(null, "wrong", "acme", "", distribution, route, url()));
        error(
                "routeId: must be a name, not a path",
                form.doTestConnection(null, "secret", "acme", "", distribution, "a/b", url()));
        onlyRead();
    }

    @Test
    void fastly() throws Exception {
        serve(FastlySimulator.demo(CLOCK), FastlySimulator.DEMO_TOKEN);
        FastlyProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(FastlyProvider.DescriptorImpl.class);
        String service = FastlySimulator.DEMO_SERVICE;
        ok("Connected: service Website", form.doTestConnection(null, "secret", service, url()));
        error(
                "Check serviceId, and that the token may use the service.",
                form.doTestConnection(null, "secret", "unknown", url()));
        error("HTTP 401: Provided credentials are missing", form.doTestConnection(null, "wrong", service, url()));
        error("serviceId: must be letters and digits", form.doTestConnection(null, "secret", "no id", url()));
        onlyRead();
    }

    @Test
    void cloudflare() throws Exception {
        serve(CloudflareSimulator.demo(CLOCK), CloudflareSimulator.DEMO_TOKEN);
        CloudflareProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(CloudflareProvider.DescriptorImpl.class);
        String zone = CloudflareSimulator.DEMO_ZONE;
        String url = url() + "/client/v4";
        ok("Connected: zone example.com", form.doTestConnection(null, "secret", zone, url));
        error("HTTP 404 1001: Invalid zone identifier.", form.doTestConnection(null, "secret", "f".repeat(32), url));
        error("with the permission Zone ", form.doTestConnection(null, "wrong", zone, url));
        error("zoneId: must be 32 hexadecimal digits", form.doTestConnection(null, "secret", "example.com", url));
        onlyRead();
    }

    @Test
    void keycdn() throws Exception {
        serve(KeyCdnSimulator.demo(CLOCK), KeyCdnSimulator.DEMO_KEY);
        KeyCdnProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(KeyCdnProvider.DescriptorImpl.class);
        String zone = KeyCdnSimulator.DEMO_ZONE;
        ok("Connected: zone demo", form.doTestConnection(null, "secret", zone, url()));
        error("HTTP 404: Zone not found. Check zoneId", form.doTestConnection(null, "secret", "1", url()));
        error("HTTP 401: Authentication failed.", form.doTestConnection(null, "wrong", zone, url()));
        error("zoneId: must be a number of at least 1", form.doTestConnection(null, "secret", "demo", url()));
        onlyRead();
    }

    @Test
    void akamai() throws Exception {
        serve(AkamaiSimulator.demo(CLOCK), "[default]\nhost = x.luna.akamaiapis.net");
        SimulatedServices.add(CdnCases.akamaiCredentials("akamai", url()));
        SimulatedServices.add(SimulatedServices.secretText("file", edgeRc("ccu", url())));
        AkamaiProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(AkamaiProvider.DescriptorImpl.class);
        ok("Connected: Akamai would purge 10,000 URLs now", form.doTestConnection(null, "akamai", "staging", "", ""));
        ok("Connected: Akamai would purge 10,000 URLs now", form.doTestConnection(null, "file", "staging", "ccu", ""));
        error("there is no section of that name", form.doTestConnection(null, "file", "staging", "", ""));
        error("client_token is missing", form.doTestConnection(null, "secret", "staging", "", ""));
        error("HTTP 403: Forbidden", form.doTestConnection(null, "akamai", "staging", "", "1-OTHER"));
        error("network: is required", form.doTestConnection(null, "akamai", "", "", ""));
        assertEquals(
                wire.requests().size(),
                wire.requests(request -> request.path().equals("/ccu/v3/rate-limit-status/url"))
                        .size());
    }

    @Test
    void googleCdn() throws Exception {
        GoogleCdnSimulator google = GoogleCdnSimulator.demo(CLOCK);
        serve(google, google.issuer().token(GoogleCdnSimulator.DEMO_SUBJECT));
        SimulatedServices.add(CdnCases.secretFile("key", google.account().jsonKey(url() + "/token")));
        SimulatedServices.add(CdnCases.secretFile("foreign", google.account().jsonKey("https://token.example/t")));
        GoogleCdnProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(GoogleCdnProvider.DescriptorImpl.class);
        String project = GoogleCdnSimulator.DEMO_PROJECT;
        String map = GoogleCdnSimulator.DEMO_URL_MAP;
        String provider = GoogleCdnSimulator.DEMO_PROVIDER;
        String email = google.account().email();
        ok("Connected: URL map web-map", form.doTestConnection(null, "key", project, map, "", "", url()));
        ok("Connected: URL map web-map", form.doTestConnection(null, "secret", project, map, provider, "", url()));
        ok("Connected: URL map web-map", form.doTestConnection(null, "secret", project, map, provider, email, url()));
        error("HTTP 404 notFound: The resource", form.doTestConnection(null, "key", project, "other", "", "", url()));
        error("it is not JSON", form.doTestConnection(null, "wrong", project, map, "", "", url()));
        error(
                "the token_uri of 'foreign' is https://token.example/t, which is neither Google's own nor approved",
                form.doTestConnection(j.createFreeStyleProject(), "foreign", project, map, "", "", url()));
        error("not an OIDC id token", form.doTestConnection(null, "wrong", project, map, provider, "", url()));
        error("workloadIdentityProvider: must be", form.doTestConnection(null, "secret", project, map, "x", "", url()));
        assertEquals(0, google.invalidations().size());
    }

    @Test
    void azureFrontDoor() throws Exception {
        AzureSimulator azure = AzureSimulator.demo(CLOCK);
        serve(azure, azure.issuer().token(AzureSimulator.DEMO_SUBJECT));
        SimulatedServices.add(
                SimulatedServices.usernamePassword("app", AzureSimulator.DEMO_CLIENT, AzureSimulator.DEMO_SECRET));
        SimulatedServices.add(SimulatedServices.usernamePassword("name", "purger", AzureSimulator.DEMO_SECRET));
        String connected = "Connected: endpoint web, web-a1b2c3.z01.azurefd.net";
        ok(connected, azure("app", AzureSimulator.DEMO_ENDPOINT, "", url()));
        ok(connected, azure("secret", AzureSimulator.DEMO_ENDPOINT, AzureSimulator.DEMO_CLIENT, url()));
        error("HTTP 404 ResourceNotFound", azure("app", "other", "", url()));
        error("clientId: is required", azure("secret", AzureSimulator.DEMO_ENDPOINT, "", url()));
        error("must be the client id of an application", azure("name", AzureSimulator.DEMO_ENDPOINT, "", url()));
        error("loginUrl: is required", azure("app", AzureSimulator.DEMO_ENDPOINT, "", ""));
        error("endpoint: must be the name", azure("app", "web.azurefd.net", "", url()));
        assertEquals(0, azure.purges().size());
    }

    private FormValidation azure(String credentialsId, String endpoint, String clientId, String loginUrl) {
        AzureFrontDoorProvider.DescriptorImpl form =
                j.jenkins.getDescriptorByType(AzureFrontDoorProvider.DescriptorImpl.class);
        return form.doTestConnection(
                null,
                credentialsId,
                AzureSimulator.DEMO_TENANT,
                AzureSimulator.DEMO_SUBSCRIPTION,
                AzureSimulator.DEMO_GROUP,
                AzureSimulator.DEMO_PROFILE,
                endpoint,
                clientId,
                loginUrl,
                url());
    }

    static String edgeRc(String section, String host) {
        return "[%s]\nhost = %s\nclient_token = %s\nclient_secret = %s\naccess_token = %s\n"
                .formatted(
                        section,
                        host,
                        AkamaiSimulator.DEMO_CLIENT_TOKEN,
                        AkamaiSimulator.DEMO_CLIENT_SECRET,
                        AkamaiSimulator.DEMO_ACCESS_TOKEN);
    }

    @Test
    void limitCountsTheLookupOfCredentialsToo() throws Exception {
        serve(FastlySimulator.demo(CLOCK), FastlySimulator.DEMO_TOKEN);
        SimulatedServices.add(new SlowSecret());
        FastlyProvider.DescriptorImpl form = j.jenkins.getDescriptorByType(FastlyProvider.DescriptorImpl.class);
        long started = System.nanoTime();
        error("was not over after 20 s", form.doTestConnection(null, "slow", FastlySimulator.DEMO_SERVICE, url()));
        assertTrue(System.nanoTime() - started < Duration.ofSeconds(25).toNanos());
        assertEquals(0, wire.requests().size());
    }

    /** A secret that a vault gives out when it feels like it. */
    public static final class SlowSecret extends BaseStandardCredentials implements StringCredentials {

        private static final long serialVersionUID = 1L;

        SlowSecret() {
            super(CredentialsScope.GLOBAL, "slow", "");
        }

        @Override
        @NonNull
        public Secret getSecret() {
            try {
                Thread.sleep(Duration.ofSeconds(40).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Secret.fromString("secret");
        }

        @TestExtension
        public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {}
    }

    private void serve(SimService service, String secret) throws Exception {
        wire = new FaultInjectingService(service);
        server = SimServer.start(wire);
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url()));
        SimulatedServices.add(SimulatedServices.secretText("secret", secret));
        SimulatedServices.add(SimulatedServices.secretText("wrong", "something-else"));
    }

    private String url() {
        return server.url().toString();
    }

    private static void ok(String expected, FormValidation actual) {
        assertEquals(FormValidation.Kind.OK, actual.kind, actual.getMessage());
        assertEquals(expected, actual.getMessage());
    }

    private static void error(String part, FormValidation actual) {
        assertEquals(FormValidation.Kind.ERROR, actual.kind);
        assertTrue(actual.getMessage().contains(part.replace("'", "&#039;")), actual.getMessage());
    }

    private void onlyRead() {
        assertEquals(
                wire.requests().size(),
                wire.requests(request -> request.method().equals("GET")).size());
    }
}
