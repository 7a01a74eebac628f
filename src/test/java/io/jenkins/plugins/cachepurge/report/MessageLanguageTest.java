package io.jenkins.plugins.cachepurge.report;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Functions;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.jvnet.localizer.LocaleProvider;

/** Who looks at the page of a build reads in their own language what its operations came to. */
class MessageLanguageTest {

    private static final String SECRET = "s3cr3t-of-a-path";

    private static final List<String> ENGLISH = List.of(
            "2 paths: purged (varnish: not cached, scaleway: done). Varnish had nothing cached of 2 URLs. Usual causes:"
                    + " nobody has requested them since they were last purged; or another host than in the visitors' browser"
                    + " (host); or a hash or key of the cache with the scheme or with another header (headers).",
            "2 URLs in 2 requests: not cached",
            "2 paths in one request: done",
            "path /****/a in one request: accepted",
            "1,200 paths, nothing sent: dryRun");

    private static final List<String> GERMAN = List.of(
            "2 Pfade: geleert (varnish: nicht im Cache, scaleway: done). Varnish hatte nichts davon im Cache: 2 URLs."
                    + " Häufige Ursachen: seit dem letzten Leeren hat sie niemand abgerufen; oder ein anderer Host als im"
                    + " Browser der Besucher (host); oder ein Hash oder Schlüssel des Caches mit dem Schema oder einem weiteren Header (headers).",
            "2 URLs in 2 Anfragen: nicht im Cache",
            "2 Pfade in einer Anfrage: done",
            "Pfad /****/a in einer Anfrage: angenommen",
            "1.200 Pfade, nichts gesendet: Probelauf");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();
    private final SimServer varnish = SimServer.start(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
    private final LocaleProvider usual = LocaleProvider.getProvider();

    /** A real Jenkins asks the browser, unlike the one of a test. */
    @BeforeEach
    void askTheBrowser() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
    }

    @AfterEach
    void close() {
        LocaleProvider.setProvider(usual);
        services.close();
        varnish.close();
    }

    @Test
    void savedMessagesAreShownInTheLanguageOfTheirReader() throws Throwable {
        sessions.then(j -> {
            services.introduce();
            SimulatedServices.add(SimulatedServices.secretText("path", SECRET));
            SitesConfiguration.get().setSites(List.of(site()));
            services.buddyWire.failNext(UsualFaults.redirectTo("https://example.org/"));
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            new PipelineJobs(j, services).define(job, """
                    cdnPurge cdn: site('www'), paths: ['/a', '/b']
                    withCredentials([string(credentialsId: 'path', variable: 'PART')]) {
                        cdnPurge cdn: GOTI, paths: ["/${PART}/a"]
                    }
                    cdnPurge cdn: GOTI, paths: (1..1200).collect { "/$it" }, dryRun: true
                    buddyClearCache AT_BUDDY
                    """);
            j.buildAndAssertStatus(Result.FAILURE, job);
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getBuildByNumber(1);
            List<DomElement> english = messages(browser(j, "en").getPage(run));
            List<DomElement> german = messages(browser(j, "de").getPage(run));
            assertEquals(ENGLISH, texts(english).subList(0, ENGLISH.size()));
            assertEquals(GERMAN, texts(german).subList(0, GERMAN.size()));
            assertEquals(
                    List.of(),
                    english.stream().filter(MessageLanguageTest::hasLang).toList());
            DomElement failure = german.get(GERMAN.size());
            assertTrue(failure.getTextContent().contains("Redirects are not followed"), failure.getTextContent());
            assertEquals("en", failure.getAttribute("lang"), "what is in English says so");
            assertEquals(
                    List.of(failure),
                    german.stream().filter(MessageLanguageTest::hasLang).toList());
            assertEquals(
                    List.of(
                            "Site purge www",
                            "Gotipath CDN purge distribution " + DATA.gotipathDistributionId(),
                            "Gotipath CDN purge distribution " + DATA.gotipathDistributionId(),
                            "Buddy cache pipeline 2 of acme/website"),
                    operations(browser(j, "en").getPage(run)));
            assertEquals(
                    List.of(
                            "Purge der Website www",
                            "Purge bei Gotipath CDN Distribution " + DATA.gotipathDistributionId(),
                            "Purge bei Gotipath CDN Distribution " + DATA.gotipathDistributionId(),
                            "Leeren des Caches bei Buddy Pipeline 2 von acme/website"),
                    operations(browser(j, "de").getPage(run)));
            HtmlPage job = browser(j, "de").goTo("job/job/cache-purge/");
            assertTrue(job.asNormalizedText().contains("Website www"), job.asNormalizedText());
            assertTrue(texts(messages(job)).contains(GERMAN.get(3)), job.asNormalizedText());
            String rest = browser(j, "de")
                    .goTo(
                            run.getUrl() + "api/json?tree=actions[operations[message,parts[message]]]",
                            "application/json")
                    .getWebResponse()
                    .getContentAsString();
            ENGLISH.forEach(message -> assertTrue(rest.contains(message), rest));
        });
    }

    @Test
    void whatRunsIsShownInTheLanguageOfItsReader() throws Throwable {
        services.scaleway.purgeTakes(Duration.ofHours(1), "done");
        sessions.then(j -> {
            services.introduce();
            WorkflowRun run =
                    new PipelineJobs(j, services).start("cdnPurge cdn: SCW, paths: (1..6).collect { \"/$it\" }");
            j.waitForMessage("2 of 2 purge requests pending", run);
            String pipeline = SimulatedServices.DATA.scalewayPipelineId();
            assertEquals(
                    List.of("Scaleway Edge Services purge of pipeline %s: 2 of 2 purge requests pending"
                            .formatted(pipeline)),
                    texts(messages(browser(j, "en").getPage(run))));
            HtmlPage german = browser(j, "de").getPage(run);
            assertEquals(
                    List.of("Purge bei Scaleway Edge Services (Pipeline %s): 2 von 2 Purge-Anfragen: pending"
                            .formatted(pipeline)),
                    texts(messages(german)));
            String operation = german.querySelector(".cache-purge__operation").asNormalizedText();
            assertTrue(operation.startsWith("Purge bei Scaleway Edge Services"), operation);
            run.doStop();
            j.waitForCompletion(run);
        });
    }

    private Site site() {
        VarnishProvider inner = new VarnishProvider();
        inner.setUrl(varnish.url().toString());
        return new Site("www", List.of("https://www.example.org"), List.of(inner, services.scalewayProvider()));
    }

    private static JenkinsRule.WebClient browser(JenkinsRule j, String language) {
        JenkinsRule.WebClient browser = j.createWebClient().withJavaScriptEnabled(false);
        browser.addRequestHeader("Accept-Language", language);
        return browser;
    }

    private static List<DomElement> messages(HtmlPage page) {
        String all = page.getWebResponse().getContentAsString();
        assertFalse(all.contains(SECRET), all);
        return page.querySelectorAll(".cache-purge__message").stream()
                .map(DomElement.class::cast)
                .toList();
    }

    /** Title and target of each. */
    private static List<String> operations(HtmlPage page) {
        return page.querySelectorAll(".cache-purge__operation > tr > td:first-child").stream()
                .map(cell -> cell.asNormalizedText().replaceAll("\\s+", " "))
                .toList();
    }

    private static boolean hasLang(DomElement message) {
        return message.hasAttribute("lang");
    }

    private static List<String> texts(List<DomElement> messages) {
        return messages.stream().map(DomElement::getTextContent).toList();
    }
}
