package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.util.ArgumentListBuilder;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.credentials.AkamaiApiCredentials;
import io.jenkins.plugins.cachepurge.docs.Documents.Block;
import io.jenkins.plugins.cachepurge.simulator.AkamaiSimulator;
import io.jenkins.plugins.cachepurge.simulator.AzureSimulator;
import io.jenkins.plugins.cachepurge.simulator.BunnySimulator;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudFrontSimulator;
import io.jenkins.plugins.cachepurge.simulator.CloudflareSimulator;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.GcoreSimulator;
import io.jenkins.plugins.cachepurge.simulator.GoogleCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.KeyCdnSimulator;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import io.jenkins.plugins.cachepurge.simulator.SimAwsAccount;
import io.jenkins.plugins.cachepurge.simulator.SimIdTokenIssuer;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import io.jenkins.plugins.cachepurge.simulator.StsSimulator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The world that the documents tell of: services that nobody has used yet, and a Git repository with a change, in which
 * {@code deploy.sh} and the like do nothing.
 */
final class DocumentedExamplesFixture implements AutoCloseable {

    /** The pipeline of the second colour. */
    private static final String GREEN = "44444444-4444-4444-8444-444444444444";

    final SimulatedServices services = new SimulatedServices();
    private final JenkinsRule j;
    private final VendorProxy hosts;
    private final Mirror mirror = new Mirror();
    private final FaultInjectingService website = new FaultInjectingService(new Website());

    private final SimAwsAccount aws = SimAwsAccount.demo(InstantSource.system());
    private final SimIdTokenIssuer jenkinsIssuer =
            new SimIdTokenIssuer("https://jenkins.example.org/oidc", "sts.amazonaws.com", InstantSource.system());

    private final GoogleCdnSimulator google =
            GoogleCdnSimulator.demo(InstantSource.system()).invalidationTakes(Duration.ZERO);
    private final AzureSimulator azure = AzureSimulator.demo(InstantSource.system())
            .purgeTakes(Duration.ZERO)
            .askToPollAfter(OptionalInt.of(1));

    /** Those with a page of their own, by their hosts. */
    private final Map<String, FaultInjectingService> cdns = Map.ofEntries(
            cdn(
                    "api.fastly.com",
                    FastlySimulator.demo(InstantSource.system())
                            .serving(url -> Website.page(url).getBytes(StandardCharsets.UTF_8))),
            cdn("api.cloudflare.com", CloudflareSimulator.demo(InstantSource.system())),
            cdn("api.keycdn.com", KeyCdnSimulator.demo(InstantSource.system())),
            cdn("api.bunny.net", BunnySimulator.demo(InstantSource.system())),
            cdn("api.gcore.com", GcoreSimulator.demo(InstantSource.system()).purgeTakes(Duration.ZERO, "Successful")),
            cdn(
                    AkamaiSimulator.DEMO_HOST,
                    AkamaiSimulator.demo(InstantSource.system())
                            .addCpCode(234567)
                            .purgeTakes(0)),
            cdn(
                    "cloudfront.amazonaws.com",
                    CloudFrontSimulator.demo(InstantSource.system(), aws)
                            .addDistribution("E2EXAMPLE4SHOP", false)
                            .invalidationTakes(Duration.ZERO)),
            cdn("sts.us-east-1.amazonaws.com", new StsSimulator(InstantSource.system(), aws)),
            cdn("compute.googleapis.com", google),
            cdn("oauth2.googleapis.com", google),
            cdn("sts.googleapis.com", google),
            cdn("iamcredentials.googleapis.com", google),
            cdn("management.azure.com", azure),
            cdn("login.microsoftonline.com", azure));

    private final SimulatedCacheHosts caches = new SimulatedCacheHosts();
    private final Map<String, String> scripts = new LinkedHashMap<>();
    private final EnvVars environment = new EnvVars();
    private List<String> changed = List.of("public/index.html", "public/app.js", "README.md");
    private final int purgedBefore;

    /** Each page has the version of all builds. */
    private static final class Website implements SimService {

        @Override
        public String name() {
            return "website";
        }

        static String page(String url) {
            return url.endsWith("/version.txt")
                    ? IntStream.rangeClosed(1, 99).mapToObj(i -> "build " + i).collect(Collectors.joining("\n"))
                    : "page";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            return SimResponse.text(200, "text/plain", page(request.path()))
                    .withHeader("X-Version", "1")
                    .withHeader("Age", "0");
        }
    }

    /** The CDN of adding-a-cdn.md. */
    private static final class Mirror implements SimService {
        private final AtomicInteger requests = new AtomicInteger();

        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public SimResponse handle(SimRequest request) {
            requests.incrementAndGet();
            boolean known = request.method().equals("POST")
                    && (request.path().equals("/zones/eu") && request.bodyText().isEmpty()
                            || request.path().equals("/zones/eu/pages")
                                    && request.bodyText().startsWith("{\"path\":\"/"))
                    && request.header("Authorization").equals(Optional.of("Bearer t0ken-of-the-mirror"));
            return known
                    ? SimResponse.json(200, Map.of("status", "purged"))
                    : SimResponse.json(404, Map.of("message", "no such zone"));
        }
    }

    private static Map.Entry<String, FaultInjectingService> cdn(String host, SimService service) {
        return Map.entry(host, new FaultInjectingService(service));
    }

    /** All whose names stand in the documents. */
    static final Set<String> HOSTS = Stream.concat(
                    SimulatedCacheHosts.HOSTS.stream(),
                    Stream.of(
                            "api.buddy.works",
                            "api.eu.buddy.works",
                            "api.scaleway.com",
                            "apistream.gotipath.com",
                            "feldera.example.org",
                            "api.fastly.com",
                            "api.cloudflare.com",
                            "api.keycdn.com",
                            "api.bunny.net",
                            "api.gcore.com",
                            AkamaiSimulator.DEMO_HOST,
                            "compute.googleapis.com",
                            "oauth2.googleapis.com",
                            "sts.googleapis.com",
                            "iamcredentials.googleapis.com",
                            "management.azure.com",
                            "login.microsoftonline.com",
                            "cloudfront.amazonaws.com",
                            "sts.us-east-1.amazonaws.com",
                            "mirror.example.org",
                            "origin.example.org",
                            "www.example.org"))
            .collect(Collectors.toUnmodifiableSet());

    DocumentedExamplesFixture(JenkinsRule j, VendorProxy hosts) throws Exception {
        this.j = j;
        this.hosts = hosts;
        services.scaleway.addPipeline(GREEN);
        purgedBefore = services.scaleway.purgeRequests().size();
        for (String script : List.of("deploy.sh", "smoke-test.sh", "switch.sh")) {
            script(script, "echo " + script.replace("switch.sh", "switched"));
        }
        SimulatedServices.add(SimulatedServices.secretText("mirror", "t0ken-of-the-mirror"));
        SimulatedServices.add(SimulatedServices.secretText("fastly", FastlySimulator.DEMO_TOKEN));
        SimulatedServices.add(SimulatedServices.secretText("cloudflare", CloudflareSimulator.DEMO_TOKEN));
        SimulatedServices.add(SimulatedServices.secretText("keycdn", KeyCdnSimulator.DEMO_KEY));
        SimulatedServices.add(SimulatedServices.secretText("cache-token", CacheSimulator.PASSWORD));
        SimulatedServices.add(SimulatedServices.secretText("bunny", BunnySimulator.DEMO_KEY));
        SimulatedServices.add(new AkamaiApiCredentials(
                CredentialsScope.GLOBAL,
                "akamai",
                "",
                AkamaiSimulator.DEMO_HOST,
                Secret.fromString(AkamaiSimulator.DEMO_CLIENT_TOKEN),
                Secret.fromString(AkamaiSimulator.DEMO_CLIENT_SECRET),
                Secret.fromString(AkamaiSimulator.DEMO_ACCESS_TOKEN)));
        SimulatedServices.add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "google",
                "",
                "key.json",
                SecretBytes.fromBytes(google.account()
                        .jsonKey("https://oauth2.googleapis.com/token")
                        .getBytes(StandardCharsets.UTF_8))));
        SimulatedServices.add(SimulatedServices.secretText(
                "google-id-token", google.issuer().token(GoogleCdnSimulator.DEMO_SUBJECT)));
        SimulatedServices.add(
                SimulatedServices.usernamePassword("azure", AzureSimulator.DEMO_CLIENT, AzureSimulator.DEMO_SECRET));
        SimulatedServices.add(
                SimulatedServices.secretText("azure-id-token", azure.issuer().token(AzureSimulator.DEMO_SUBJECT)));
        SimulatedServices.add(SimulatedServices.secretText("gcore", GcoreSimulator.DEMO_TOKEN));
        SimulatedServices.add(SimulatedServices.usernamePassword(
                "aws", SimAwsAccount.DEMO_ACCESS_KEY_ID, SimAwsAccount.DEMO_SECRET_KEY));
        aws.addRole(
                "arn:aws:iam::123456789012:role/cache-purge-keyless", jenkinsIssuer, "https://jenkins.example.org/.*");
        SimulatedServices.add(SimulatedServices.secretText(
                "aws-id-token", jenkinsIssuer.token("https://jenkins.example.org/job/www/")));
        hosts.serve(cdns);
        hosts.serve(caches.byHost());
        SimulatedCacheHosts.approve(hosts);
        hosts.serve(Map.of("origin.example.org", website, "www.example.org", website));
        approve("https://origin.example.org", "https://www.example.org");
        hosts.serve(Map.of(
                "api.buddy.works", services.buddyWire,
                "api.eu.buddy.works", services.buddyWire,
                "api.scaleway.com", services.scalewayWire,
                "apistream.gotipath.com", services.gotipathWire,
                "feldera.example.org", services.felderaWire,
                "mirror.example.org", mirror));
        j.jenkins.proxy = new ProxyConfiguration("127.0.0.1", hosts.port());
    }

    private static void approve(String... urls) {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        configuration.setAllowedApiUrls(Stream.concat(configuration.getAllowedApiUrls().stream(), Stream.of(urls))
                .toList());
    }

    void script(String name, String text) {
        scripts.put(name, "#!/bin/sh\n" + text + "\n");
    }

    void commit(String... files) {
        changed = List.of(files);
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    WorkflowRun run(Result expected, Block block) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(SimulatedCacheHosts.withDirectUrls(block.text(), hosts), true));
        if (block.runsShellScripts() || block.text().contains("changedFiles(")) {
            checkOut(j.jenkins.getWorkspaceFor(job));
        }
        EnvironmentVariablesNodeProperty variables = new EnvironmentVariablesNodeProperty();
        variables.getEnvVars().putAll(environment);
        j.jenkins.getGlobalNodeProperties().add(variables);
        try {
            return j.buildAndAssertStatus(expected, job);
        } finally {
            j.jenkins.getGlobalNodeProperties().remove(variables);
        }
    }

    int requests() {
        int ofCdns = caches.requests()
                + cdns.values().stream().mapToInt(cdn -> cdn.requests().size()).sum();
        return services.requests() + ofCdns + website.requests().size() + mirror.requests.get();
    }

    /** The paths that Scaleway was asked to purge, sorted. */
    List<String> purged() {
        return services.scaleway.purgeRequests().stream()
                .skip(purgedBefore)
                .map(RecordedScalewayPurge::assets)
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    /** Whether Scaleway was asked to purge everything. */
    boolean purgedAll() {
        return services.scaleway.purgeRequests().stream().skip(purgedBefore).anyMatch(RecordedScalewayPurge::all);
    }

    private void checkOut(FilePath workspace) throws Exception {
        for (String name : List.of(
                "public/index.html",
                "public/app.js",
                "public/logo.svg",
                "dist/index.html",
                "dist/site.css",
                "README.md")) {
            workspace.child(name).write("first", "UTF-8");
        }
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            workspace.child(script.getKey()).write(script.getValue(), "UTF-8");
            workspace.child(script.getKey()).chmod(0755);
        }
        git(workspace, "init", "--quiet");
        git(workspace, "add", ".");
        commit(workspace);
        // As the Git plugin does.
        String deployed = git(workspace, "rev-parse", "HEAD").trim();
        environment.putIfAbsent("GIT_PREVIOUS_SUCCESSFUL_COMMIT", deployed);
        for (String name : changed) {
            workspace.child(name).write("second", "UTF-8");
        }
        git(workspace, "add", ".");
        commit(workspace);
    }

    private void commit(FilePath workspace) throws Exception {
        git(workspace, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "A change");
    }

    private String git(FilePath workspace, String... arguments) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = workspace
                .createLauncher(j.createTaskListener())
                .launch()
                .cmds(new ArgumentListBuilder("git").add(arguments))
                .pwd(workspace)
                .stdout(said)
                .join();
        assertEquals(0, result, () -> said.toString(StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        j.jenkins.proxy = null;
        services.close();
    }
}
