package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.docs.Documents.Block;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/**
 * Every Jenkinsfile and every YAML of the documents runs as it stands there, in one Jenkins, against simulators that answer
 * under the vendors' own addresses.
 */
@ExtendWith(SharedJenkins.class)
class DocumentedJenkinsfilesTest {

    /** The simulated caches are empty at first. */
    private static final String NOTHING_CACHED = " had nothing cached of ";

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final Path RECIPES = Documents.DOCS.resolve("recipes.md");

    /** What the documents take from the environment of Jenkins. */
    @TestExtension
    public static final class Environment extends SecretSource {

        private static final Map<String, String> VALUES = Map.of(
                "BUDDY_TOKEN", SimulatedServices.DATA.buddyToken(),
                "SCALEWAY_SECRET_KEY", SimulatedServices.DATA.scalewaySecretKey(),
                "GOTIPATH_CLIENT_ID", SimulatedServices.DATA.gotipathClientId(),
                "GOTIPATH_LIBRARY_ID", SimulatedServices.DATA.gotipathLibraryId(),
                "GOTIPATH_API_KEY", SimulatedServices.DATA.gotipathApiKey(),
                "FELDERA_API_KEY", SimulatedServices.DATA.felderaApiKey());

        @Override
        public Optional<String> reveal(String secret) {
            return Optional.ofNullable(VALUES.get(secret));
        }
    }

    private final String trustedBefore = System.getProperty(TRUST_STORE);

    @TempDir
    private Path directory;

    private VendorProxy hosts;
    private JenkinsRule j;

    /** What the configuration of the documents sets; empty before it was applied. */
    private Optional<Settings> documented = Optional.empty();

    /** Of all that is configured, what a Jenkinsfile needs more of. */
    private record Settings(List<Credentials> credentials, List<String> allowedApiUrls) {

        static Settings current() {
            return new Settings(
                    List.copyOf(SystemCredentialsProvider.getInstance().getCredentials()),
                    CachePurgeConfiguration.get().getAllowedApiUrls());
        }

        void restore() throws Exception {
            SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
            provider.getCredentials().clear();
            provider.getCredentials().addAll(credentials);
            provider.save();
            CachePurgeConfiguration.get().setAllowedApiUrls(allowedApiUrls);
        }
    }

    @AfterEach
    void leaveAsBefore() throws Exception {
        DocumentedPlugin.unload(j);
        hosts.close();
        if (trustedBefore == null) {
            System.clearProperty(TRUST_STORE);
        } else {
            System.setProperty(TRUST_STORE, trustedBefore);
        }
    }

    @TestFactory
    Stream<DynamicTest> documents(JenkinsRule rule) throws Exception {
        j = rule;
        hosts = new VendorProxy(DocumentedExamplesFixture.HOSTS);
        System.setProperty(
                TRUST_STORE, VendorProxy.trustStore(directory).toAbsolutePath().toString());
        DocumentedPlugin.load(j, directory);
        List<Block> yaml = Documents.blocks("yaml");
        List<Block> jenkinsfiles = Documents.blocks("groovy");
        assertTrue(yaml.size() > 2 && jenkinsfiles.size() > 20, "the documents have lost their examples");
        return Stream.of(
                        yaml.stream().map(block -> dynamicTest(block.toString(), () -> configure(block))),
                        jenkinsfiles.stream().map(block -> dynamicTest(block.toString(), () -> runs(block))),
                        recipes(),
                        Stream.of(dynamicTest("form of adding-a-cdn.md", this::formOfTheExample)))
                .flatMap(tests -> tests);
    }

    private void configure(Block block) throws Exception {
        Path file = Files.writeString(
                directory.resolve("jenkins.yaml"), SimulatedCacheHosts.withDirectUrls(block.text(), hosts));
        ConfigurationAsCode.get().configure(file.toString());
    }

    private void runs(Block block) throws Exception {
        try (DocumentedExamplesFixture site = site(block)) {
            WorkflowRun run = site.run(Result.SUCCESS, block);
            assertTrue(site.requests() > 0 || block.text().contains("dryRun: true"), JenkinsRule.getLog(run));
            assertEquals(
                    List.of(),
                    JenkinsRule.getLog(run)
                            .lines()
                            .filter(line -> line.contains("WARN") && !line.contains(NOTHING_CACHED))
                            .toList());
        }
    }

    /** A site whose Jenkins is configured as the documentation shows. */
    private DocumentedExamplesFixture site(Block block) throws Exception {
        assumeFalse(Functions.isWindows() && block.runsShellScripts(), "runs shell scripts");
        configureAsDocumented();
        return new DocumentedExamplesFixture(j, hosts);
    }

    /** Applies the YAML once, and then puts back what was added: to apply it takes longer than most builds. */
    private void configureAsDocumented() throws Exception {
        if (documented.isPresent()) {
            documented.get().restore();
            return;
        }
        configure(Documents.blocks(Documents.DOCS.resolve("configuration.md")).stream()
                .filter(candidate -> candidate.language().equals("yaml"))
                .findFirst()
                .orElseThrow());
        documented = Optional.of(Settings.current());
    }

    private void formOfTheExample() throws Exception {
        CdnProvider provider = (CdnProvider) DescribableModel.of(
                        j.jenkins.getPluginManager().uberClassLoader.loadClass("org.example.mirror.MirrorProvider"))
                .instantiate(Map.of("credentialsId", "mirror", "zone", "eu"), TaskListener.NULL);
        CdnPurgeStep step = new CdnPurgeStep(provider);
        step.setAll(true);
        CdnPurgeStep configured = new StepConfigTester(j).configRoundTrip(step);
        new SnippetizerTester(j)
                .assertRoundTrip(configured, "cdnPurge all: true, cdn: mirror(credentialsId: 'mirror', zone: 'eu')");
    }

    /** What the recipes promise beyond that they run. */
    private Stream<DynamicTest> recipes() {
        return Stream.of(
                recipe("Purge after a deployment, only if it succeeded", (block, site) -> {
                    site.script("deploy.sh", "exit 1");
                    site.run(Result.FAILURE, block);
                    assertEquals(0, site.requests());
                }),
                recipe("Purge files of a Git change", (block, site) -> {
                    site.run(Result.SUCCESS, block);
                    assertEquals(List.of("/", "/app.js", "/index.html"), site.purged());
                }),
                recipe("Purge files of a Git change", (block, site) -> {
                    site.commit("README.md");
                    site.run(Result.SUCCESS, block);
                    assertEquals(0, site.requests());
                }),
                recipe("Purge files of a Git change", (block, site) -> {
                    site.environment("GIT_PREVIOUS_SUCCESSFUL_COMMIT", "");
                    site.run(Result.SUCCESS, block);
                    assertTrue(site.purgedAll());
                }),
                recipe("Blue/green", (block, site) -> {
                    site.services.scaleway.purgeTakes(Duration.ZERO, "error");
                    WorkflowRun run = site.run(Result.FAILURE, block);
                    j.assertLogNotContains("switched", run);
                }),
                recipe("Unstable instead of failed", (block, site) -> {
                    site.services.scaleway.purgeTakes(Duration.ZERO, "error");
                    WorkflowRun run = site.run(Result.UNSTABLE, block);
                    j.assertLogContains("with the status error", run);
                }),
                recipe("A dry run for pull requests", (block, site) -> {
                    site.environment("CHANGE_ID", "7");
                    WorkflowRun run = site.run(Result.SUCCESS, block);
                    j.assertLogContains("nothing sent: dryRun", run);
                    assertEquals(0, site.requests());
                }));
    }

    @FunctionalInterface
    private interface Scene {
        void play(Block block, DocumentedExamplesFixture site) throws Exception;
    }

    private DynamicTest recipe(String title, Scene scene) {
        List<Block> found = Documents.blocks(RECIPES).stream()
                .filter(block -> block.title().equals(title) && block.language().equals("groovy"))
                .toList();
        return dynamicTest("promise of " + title, () -> {
            assertTrue(!found.isEmpty(), "no such recipe");
            for (Block block : found) {
                try (DocumentedExamplesFixture site = site(block)) {
                    scene.play(block, site);
                }
            }
        });
    }
}
