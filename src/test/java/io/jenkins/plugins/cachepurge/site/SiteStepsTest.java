package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.PartReport;
import io.jenkins.plugins.cachepurge.report.ReportStatus;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs that say the name of a site: a cache, behind Scaleway. */
@ExtendWith(SharedJenkins.class)
class SiteStepsTest {

    private static final String SYSTEM_ID = "only-for-the-system";

    private final SimulatedServices services = new SimulatedServices();
    private final CacheSimulator varnish = new CacheSimulator(CacheSimulator.Kind.VARNISH, false);
    private final SimServer varnishServer = SimServer.start(varnish);
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        SimulatedServices.add(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, SYSTEM_ID, "", Secret.fromString(SimulatedServices.DATA.scalewaySecretKey())));
        SitesConfiguration.get().setSites(List.of(site("www")));
    }

    @AfterEach
    void close() {
        services.close();
        varnishServer.close();
    }

    private Site site(String name) {
        return new Site(name, List.of("https://www.example.org"), List.of(varnish(), scaleway(SYSTEM_ID)));
    }

    private VarnishProvider varnish() {
        VarnishProvider provider = new VarnishProvider();
        provider.setUrl(varnishServer.url().toString());
        return provider;
    }

    private ScalewayProvider scaleway(String credentialsId) {
        ScalewayProvider provider = new ScalewayProvider(credentialsId, SimulatedServices.DATA.scalewayPipelineId());
        provider.setApiUrl(services.scalewayUrl());
        return provider;
    }

    /** Neither the URLs nor the credentials are for jobs. */
    @Test
    void siteNeedsNoApprovalAndNoCredentialsOfTheJob() throws Exception {
        WorkflowRun run = jobs.succeed("""
                def purge = cdnPurge cdn: site('www'), paths: ['/index.html']
                echo "RESULT ${purge.provider} ${purge.target} ${purge.status} ${purge.count}"
                echo "LAYERS ${purge.layers.collect { it.provider + ' ' + it.status + ' ' + it.what }}"
                """);
        j.assertLogContains("RESULT site www purged 1", run);
        j.assertLogContains("LAYERS [varnish not cached urls, scaleway done paths]", run);
        j.assertLogContains("Site purge of www: layer 1 of 2, varnish", run);
        j.assertLogNotContains(SYSTEM_ID, run);
        assertEquals(
                List.of("varnish DONE", "scaleway DONE"),
                run.getAction(CachePurgeAction.class).getOperations().get(0).getParts().stream()
                        .map(part -> part.getName() + " " + part.getState())
                        .toList());
        assertTrue(trackedBy(run), "use is tracked");
        String error = PipelineJobs.error(jobs.run(
                Result.FAILURE, "cdnPurge cdn: varnish(url: '%s'), paths: ['/a']".formatted(varnishServer.url())));
        assertTrue(error.contains("is not approved"), error);
    }

    private static boolean trackedBy(WorkflowRun run) throws IOException {
        IdCredentials credentials =
                CredentialsProvider.lookupCredentialsInItemGroup(
                                IdCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                        .stream()
                        .filter(each -> each.getId().equals(SYSTEM_ID))
                        .findFirst()
                        .orElseThrow();
        return CredentialsProvider.getFingerprintOf(credentials) != null
                && CredentialsProvider.getFingerprintOf(credentials)
                        .getJobs()
                        .contains(run.getParent().getFullName());
    }

    @Test
    void unknownSiteIsRefusedWithTheNamesOfThoseThatThereAre() throws Exception {
        SitesConfiguration.get().setSites(List.of(site("www"), site("docs"), forFolder(site("secret"), "elsewhere")));
        assertEquals(
                "site: there is no site 'wwww' that this job can use; it can use: docs, www",
                PipelineJobs.error(jobs.run(Result.FAILURE, "cdnPurge cdn: site('wwww'), paths: ['/']")));
        SitesConfiguration.get().setSites(List.of(forFolder(site("secret"), "elsewhere")));
        String error = PipelineJobs.error(jobs.run(Result.FAILURE, "cdnPurge cdn: site('secret'), paths: ['/']"));
        assertTrue(error.startsWith("site: there is no site 'secret'; an administrator can add sites"), error);
        assertEquals(0, services.requests());
    }

    private static Site forFolder(Site site, String folder) {
        site.setFolders(List.of(folder));
        return site;
    }

    @Test
    void onlyJobsInTheFoldersOfASiteMayPurgeIt() throws Exception {
        SitesConfiguration.get().setSites(List.of(forFolder(site("www"), "/shop/")));
        assertEquals(List.of("shop"), SitesConfiguration.get().getSites().get(0).getFolders());
        Folder shop = j.createProject(Folder.class, "shop");
        Folder shop2 = j.createProject(Folder.class, "shop2");
        String purge = "cdnPurge cdn: site('www'), paths: ['/']";
        Folder below = shop.createProject(Folder.class, "below");
        j.buildAndAssertSuccess(jobs.define(below.createProject(WorkflowJob.class, "job"), purge));
        j.buildAndAssertStatus(Result.FAILURE, jobs.define(shop2.createProject(WorkflowJob.class, "job"), purge));
        shop.renameTo("store");
        assertEquals(
                List.of("store"), SitesConfiguration.get().getSites().get(0).getFolders());
        j.buildAndAssertSuccess((WorkflowJob) below.getItem("job"));
    }

    @Test
    void requestsThatSomeLayerCannotDoAreRefusedBeforeAnythingIsSent() throws Exception {
        List<PipelineJobs.Attempt> attempts = jobs.attempts(List.of(
                "cdnPurge cdn: site('www'), tags: ['news']",
                "cdnPurge cdn: site('www'), prefixes: ['/blog/']",
                "cdnPurge cdn: site('www'), urls: ['https://www.example.com/']",
                "cdnPurge cdn: site('www'), paths: ['/'], soft: true",
                "cdnPurge cdn: site('www'), paths: ['/'], wait: false",
                "cdnPurge cdn: site('www'), paths: ['/a*']",
                "cdnPurgeHistory cdn: site('www'), layer: 'fastly'",
                "cdnPurgeHistory cdn: site('www'), layer: 'varnish'",
                "cdnPurgeHistory cdn: varnish(url: 'http://a.example.org'), layer: 'varnish'"));
        assertEquals(
                List.of(
                        "tags: the site www cannot purge by tags, since its layer scaleway cannot; all of its layers together can purge by paths, urls, all",
                        "prefixes: the site www cannot purge by prefixes, since its layer scaleway cannot; all of its layers together can purge by paths, urls, all",
                        "urls: 'https://www.example.com/' is not of the site www; its hosts are www.example.org",
                        "soft: the layer scaleway of the site www cannot mark path / as stale; remove soft",
                        "wait: must be true for a site with several layers: each layer is purged only when the one before has been",
                        "paths: '/a*' must not contain *, since for the layer varnish of the site www each of paths is a single page",
                        "layer: has no layer 'fastly'; it has varnish, scaleway",
                        "layer: varnish does not list earlier purges; scaleway does"),
                attempts.subList(0, 8).stream()
                        .map(PipelineJobs.Attempt::message)
                        .toList());
        assertEquals(0, services.requests());
        assertEquals(0, varnish.cached().size());
    }

    /** Who stops a build has to know what may still have the old pages. */
    @Test
    void abortedPurgeTellsWhichLayersArePurged() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        WorkflowRun run = jobs.define(
                        j.createProject(WorkflowJob.class), "cdnPurge cdn: site('www'), paths: ['/index.html']")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("pending", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        j.assertLogContains(
                "Site purge of www was aborted. Last known: 1 of 2 layers done; purged: varnish; may still have the old pages: scaleway",
                run);
        assertEquals(
                List.of("varnish DONE", "scaleway ABORTED"),
                run.getAction(CachePurgeAction.class).getOperations().get(0).getParts().stream()
                        .map(part -> part.getName() + " " + part.getState())
                        .toList());
    }

    @Test
    void dryRunHasTheLayersAndSendsNothing() throws Exception {
        WorkflowRun run = jobs.succeed("""
                def purge = cdnPurge cdn: site('www'), urls: ['https://www.example.org/a'], dryRun: true
                echo "LAYERS ${purge.status} ${purge.layers.collect { it.provider + ' ' + it.status + ' ' + it.what }}"
                """);
        j.assertLogContains("LAYERS dryRun [varnish dryRun urls, scaleway dryRun paths]", run);
        assertEquals(0, services.requests());
    }

    @Test
    void siteWithOneLayerNeedNotBeWaitedFor() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        SitesConfiguration.get()
                .setSites(List.of(new Site("cdn", List.of("https://www.example.org"), List.of(scaleway(SYSTEM_ID)))));
        WorkflowRun run = jobs.succeed("""
                def purge = cdnPurge cdn: site('cdn'), all: true, wait: false
                echo "RESULT ${purge.status}"
                """);
        j.assertLogContains("RESULT pending", run);
    }

    @Test
    void historyIsThatOfTheLayerThatHasOne() throws Exception {
        WorkflowRun run = jobs.succeed("""
                def purge = cdnPurge cdn: site('www'), all: true
                def id = purge.layers[1].requests[0].id
                def newest = cdnPurgeHistory(cdn: site('www'), limit: 1)[0]
                def status = cdnPurgeStatus(cdn: site('www'), requestId: id, layer: 'scaleway')
                echo "RESULT ${newest.id == id} ${status.status}"
                """);
        j.assertLogContains("RESULT true done", run);
    }

    @Test
    void historyOfSeveralLayersNeedsTheNameOfOne() throws Exception {
        SitesConfiguration.get()
                .setSites(List.of(new Site(
                        "two", List.of("https://www.example.org"), List.of(scaleway(SYSTEM_ID), scaleway(SYSTEM_ID)))));
        assertEquals(
                "layer: is required; several layers list earlier purges: scaleway, scaleway-2",
                PipelineJobs.error(jobs.run(Result.FAILURE, "cdnPurgeHistory cdn: site('two')")));
        jobs.succeed("cdnPurgeHistory cdn: site('two'), layer: 'scaleway-2'");
    }

    @Test
    void missingCredentialsAreNotNamed() throws Exception {
        SitesConfiguration.get()
                .setSites(List.of(new Site(
                        "www", List.of("https://www.example.org"), List.of(varnish(), scaleway("secret-name-of-id")))));
        WorkflowRun run = jobs.run(Result.FAILURE, "cdnPurge cdn: site('www'), all: true");
        assertEquals(
                "The credentials of the layer scaleway of the site www cannot be used; an administrator finds the reason in the log of Jenkins",
                PipelineJobs.error(run));
        j.assertLogNotContains("secret-name-of-id", run);
        assertEquals(0, services.requests());
    }

    @Test
    void nearerSiteWinsAndTheConsoleSaysWhich() throws Exception {
        services.introduce();
        Folder team = j.createProject(Folder.class, "team");
        Folder inner = team.createProject(Folder.class, "inner");
        GotipathProvider gotipath = new GotipathProvider("goti", SimulatedServices.DATA.gotipathDistributionId());
        gotipath.setApiUrl(services.gotipathUrl());
        team.addProperty(new SiteFolderProperty(
                List.of(new Site("www", List.of("https://team.example.org"), List.of(gotipath)))));
        String purge = "echo \"USED ${cdnPurge(cdn: site('www'), all: true).layers*.provider}\"";
        WorkflowRun run = j.buildAndAssertSuccess(jobs.define(inner.createProject(WorkflowJob.class, "job"), purge));
        j.assertLogContains("USED [gotipath]", run);
        j.assertLogContains("Site purge of www (folder team): everything: accepted", run);
        j.assertLogContains("USED [varnish, scaleway]", jobs.succeed(purge));
    }

    @Test
    void siteOfAFolderNeedsApprovedUrlsAndCredentialsOfTheFolder() throws Exception {
        Folder team = j.createProject(Folder.class, "team");
        team.addProperty(new SiteFolderProperty(
                List.of(new Site("mine", List.of("https://www.example.org"), List.of(scaleway(SYSTEM_ID))))));
        WorkflowJob job =
                jobs.define(team.createProject(WorkflowJob.class, "job"), "cdnPurge cdn: site('mine'), all: true");
        String unapproved = PipelineJobs.error(j.buildAndAssertStatus(Result.FAILURE, job));
        assertTrue(unapproved.startsWith("site: layer scaleway of the site mine (folder team): apiUrl: '"), unapproved);
        CachePurgeConfiguration.get().setAllowedApiUrls(services.urls());
        String system = PipelineJobs.error(j.buildAndAssertStatus(Result.FAILURE, job));
        assertTrue(system.contains("credentials of the layer scaleway"), system);
        assertFalse(system.contains(SYSTEM_ID), system);
        assertEquals(0, services.requests());
    }

    @Test
    void freestyleJobsPurgeSitesToo() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        CdnPurgeStep step = new CdnPurgeStep(new SiteProvider("www"));
        step.setPaths("/index.html");
        job.getBuildersList().add(new CdnPurgeBuilder(step));
        j.assertLogContains(
                "path /index.html: purged (varnish: not cached, scaleway: done)", j.buildAndAssertSuccess(job));
        assertFalse(
                job.getConfigFile().asString().contains("resolved"),
                job.getConfigFile().asString());
        j.configRoundtrip(job);
        assertEquals(
                "www",
                ((SiteProvider) ((CdnPurgeBuilder) job.getBuildersList().get(0))
                                .getStep()
                                .getCdn())
                        .getName());
    }

    @Test
    void runningBuildContinuesWithTheSiteAsItWas() throws Exception {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        WorkflowRun run = jobs.start("cdnPurge cdn: site('www'), all: true");
        j.waitForMessage("is pending", run);
        SitesConfiguration.get().setSites(List.of());
        services.pass(Duration.ofHours(2));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals(
                List.of(ReportStatus.DONE, ReportStatus.DONE),
                run.getAction(CachePurgeAction.class).getOperations().get(0).getParts().stream()
                        .map(PartReport::getState)
                        .toList());
    }
}
