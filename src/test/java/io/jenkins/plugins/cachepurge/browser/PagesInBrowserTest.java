package io.jenkins.plugins.cachepurge.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.simulator.CacheSimulator;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.site.Site;
import io.jenkins.plugins.cachepurge.site.SitesConfiguration;
import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import jenkins.security.csp.impl.CspConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The pages of builds and jobs, as a person sees them: filling, dark and light, narrow, with the keyboard, in German. */
@ExtendWith(SharedJenkins.class)
class PagesInBrowserTest {

    private static final String BOX = ".cache-purge";
    /** As in a Jenkins that is no test. */
    private static final LocaleProvider LOCALE_OF_THE_REQUEST = new LocaleProvider() {
        @Override
        public Locale get() {
            StaplerRequest2 request = Stapler.getCurrentRequest2();
            return request == null ? Locale.ENGLISH : request.getLocale();
        }
    };

    private static final String NARROW_ENOUGH = """
            const right = (element) => element.getBoundingClientRect().right;
            return [...document.querySelectorAll(".cache-purge, .cache-purge *")]
              .filter((element) => right(element) > Math.min(window.innerWidth, right(element.closest(".cache-purge"))) + 1)
              .map((element) => element.outerHTML.substring(0, 200));
            """;

    private final SimulatedServices services = new SimulatedServices();
    private final FaultInjectingService varnish =
            new FaultInjectingService(new CacheSimulator(CacheSimulator.Kind.VARNISH, false));
    private final SimServer varnishServer = SimServer.start(varnish);
    private JenkinsRule j;
    private Browser browser;
    private WorkflowRun siteRun;
    private WorkflowRun manyRun;

    /** One Jenkins and one browser for all, in this order. */
    @TestFactory
    Stream<DynamicTest> pages(JenkinsRule rule) throws Exception {
        j = rule;
        ExtensionList.lookupSingleton(CspConfiguration.class).setEnforce(true);
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        services.introduce();
        SitesConfiguration.get()
                .setSites(List.of(new Site(
                        "www", List.of("https://www.example.org"), List.of(varnish(), services.scalewayProvider()))));
        browser = Browser.start(j.getURL().toURI(), "en");
        browser.prefer("light");
        return Stream.of(
                        test("build page fills while the build runs", this::fills),
                        test("build page follows between two purges of a build", this::followsBetween),
                        test("picture of the purge over time", this::timeline),
                        test("many operations can be filtered", this::filter),
                        test("dark", () -> inScheme("dark")),
                        test("light", () -> inScheme("light")),
                        test("400 pixels wide", this::narrow),
                        test("keyboard only", this::keyboard),
                        test("new build page has a tab, a card and a line", this::newBuildPage),
                        test("job page lists the last purges", this::job),
                        test("a baseline is reset after a question", this::reset),
                        test("German", this::german))
                .onClose(this::close);
    }

    private DynamicTest test(String name, Executable check) {
        return DynamicTest.dynamicTest(name, () -> {
            check.execute();
            browser.assertNoConsoleErrors();
        });
    }

    private void close() {
        browser.close();
        services.close();
        varnishServer.close();
    }

    private VarnishProvider varnish() {
        VarnishProvider provider = new VarnishProvider();
        provider.setUrl(varnishServer.url().toString());
        return provider;
    }

    private WorkflowRun start(String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(services.jenkinsfile(script), true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void fills() throws Exception {
        varnish.failEvery(request -> true, UsualFaults.unavailable(12));
        siteRun = start("website", "cdnPurge cdn: site('www'), paths: ['/index.html', '/app.js']");
        j.waitForMessage("Asking Varnish", siteRun);
        browser.open(siteRun.getUrl());
        browser.await(() -> browser.text(BOX).contains("varnish Running"), "the first layer");
        assertTrue(browser.text(BOX).contains("scaleway Not started"), browser.text(BOX));
        varnish.clearFaults();
        browser.script("window.sameFromHere = true");
        j.assertBuildStatusSuccess(j.waitForCompletion(siteRun));
        browser.await(() -> browser.text(BOX).contains("scaleway Done"), "the second layer");
        assertEquals(true, browser.script("return window.sameFromHere"), "the page was not loaded again");
        browser.assertAccessible(BOX);
    }

    /** The pause is longer than that between two looks at a running purge. */
    private void followsBetween() throws Exception {
        WorkflowRun run = start("twice", """
                cdnPurge cdn: site('www'), paths: ['/first']
                sleep 6
                cdnPurge cdn: site('www'), paths: ['/second']
                """);
        j.waitForMessage("Sleeping for", run);
        browser.open(run.getUrl());
        browser.await(() -> browser.text(BOX).contains("scaleway Done"), "the first purge");
        browser.script("window.sameFromHere = true");
        browser.await(() -> browser.text(BOX).split("scaleway Done", -1).length == 3, "the second purge");
        assertEquals(true, browser.script("return window.sameFromHere"), "the page was not loaded again");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    private void timeline() throws Exception {
        browser.open(siteRun.getUrl());
        List<WebElement> strips = browser.all(".cache-purge__strip");
        assertEquals(2, strips.size());
        assertTrue(strips.get(0).getText().contains("varnish")
                && strips.get(0).getText().contains(", failed: "));
        assertTrue(browser.find(".cache-purge__bar--failed").getSize().getHeight() > 0);
        browser.resize(1400, 700);
        browser.picture("build-page");
        browser.resize(1280, 900);
    }

    private void filter() throws Exception {
        String purges = IntStream.rangeClosed(1, 9)
                .mapToObj(
                        "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '%08d-0000-4000-8000-000000000000', apiUrl: SCALEWAY_URL), paths: ['/a'], dryRun: true\n"
                                ::formatted)
                .reduce("", String::concat);
        manyRun = start("many", purges);
        j.assertBuildStatusSuccess(j.waitForCompletion(manyRun));
        browser.open(manyRun.getUrl());
        WebElement filter = browser.findShown(".cache-purge__filter input");
        filter.sendKeys("00000007-");
        assertEquals(1, shownOperations());
        filter.sendKeys("xyz");
        assertEquals(0, shownOperations());
        assertTrue(browser.text(".cache-purge__filter [role=status]").contains("No operation"));
        browser.assertAccessible(BOX);
        filter.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        assertEquals(9, shownOperations());
    }

    private int shownOperations() {
        return browser.shown(".cache-purge__operation").size();
    }

    private void inScheme(String scheme) {
        browser.prefer(scheme);
        for (String page : List.of(siteRun.getUrl(), manyRun.getUrl(), "job/website/cache-purge/")) {
            browser.open(page);
            browser.find(BOX);
            browser.assertAccessible(BOX);
        }
    }

    private void narrow() throws Exception {
        WorkflowRun longNameRun = start(
                "long",
                "cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: '00000000-0000-4000-8000-000000000000', apiUrl: SCALEWAY_URL), paths: ['%s']"
                        .formatted("a".repeat(80)));
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(longNameRun));
        browser.resize(400, 800);
        for (String page : List.of(
                siteRun.getUrl(), manyRun.getUrl(), longNameRun.getUrl(), "job/website/", "job/website/cache-purge/")) {
            browser.open(page);
            browser.find(BOX);
            assertEquals(List.of(), browser.script(NARROW_ENOUGH), page);
            browser.assertAccessible(BOX);
        }
        browser.resize(1280, 900);
    }

    /** A person without a mouse gets to the filter, types, and goes on to what is behind it. */
    private void keyboard() {
        browser.open(manyRun.getUrl());
        browser.findShown(".cache-purge__filter input");
        tabTo(".cache-purge__filter input");
        type("00000003-");
        assertEquals(1, shownOperations());
        browser.open("job/website/cache-purge/");
        tabTo(BOX + " a[href$='/1/']");
        type(Keys.ENTER);
        browser.await(() -> browser.driver().getCurrentUrl().endsWith("/job/website/1/"), "the build");
    }

    private void tabTo(String selector) {
        for (int i = 0; i < 100; i++) {
            type(Keys.TAB);
            if (Boolean.TRUE.equals(browser.script("return document.activeElement.matches(arguments[0])", selector))) {
                return;
            }
        }
        throw new AssertionError("The Tab key does not lead to " + selector);
    }

    private void type(CharSequence keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private void newBuildPage() throws Exception {
        User.getOrCreateByIdOrFullName("alice")
                .addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));
        browser.logIn("alice");
        browser.open(siteRun.getUrl());
        assertTrue(browser.text(".jenkins-details").contains("2 caches purged"), browser.text(".jenkins-details"));
        WebElement card = browser.find(".jenkins-card .cache-purge");
        assertTrue(card.getText().contains("Site www"), card.getText());
        assertEquals(1, browser.all(BOX).size(), "not among the summaries, too");
        browser.assertAccessible(".jenkins-card .cache-purge");
        browser.resize(1280, 600);
        browser.picture("new-build-page");
        browser.resize(1280, 900);
        browser.clickText(".app-build-tabs a", "Cache Purge");
        browser.await(() -> browser.driver().getCurrentUrl().contains("/cache-purge"), "the tab");
        assertEquals(2, browser.all(".cache-purge__strip").size());
        browser.assertAccessible(BOX);
        browser.driver().manage().deleteAllCookies();
    }

    private void job() {
        browser.open("job/website/");
        assertTrue(browser.text("#main-panel").contains("Last purges"), browser.text("#main-panel"));
        browser.resize(1280, 600);
        browser.picture("job-page");
        browser.resize(1280, 900);
        browser.open("job/website/cache-purge/");
        WebElement purge = browser.find(BOX + " tbody tr");
        assertTrue(purge.getText().contains("Site www"), purge.getText());
        assertTrue(purge.getText().contains("2 paths: purged"), purge.getText());
        browser.assertAccessible("#main-panel");
    }

    private void reset() throws Exception {
        CachePurgeConfiguration.get()
                .setAllowedApiUrls(List.of(varnishServer.url().toString()));
        WorkflowRun run = start("changes", """
                node {
                  writeFile file: 'dist/a.html', text: '1'
                  cdnPurge cdn: varnish(url: '%s'), changes: changedFiles(dir: 'dist', first: 'nothing')
                }""".formatted(varnishServer.url()));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        browser.open("job/changes/cache-purge/");
        browser.clickText(".confirmation-link", "Reset");
        WebElement dialog = browser.findShown("dialog");
        assertTrue(dialog.getText().contains("Reset this baseline?"), dialog.getText());
        assertTrue(dialog.getText().contains("varnish"), dialog.getText());
        browser.picture("reset");
        browser.clickText("dialog button", "Cancel");
        browser.await(() -> browser.shown("dialog").isEmpty(), "no dialog");
        browser.clickText(".confirmation-link", "Reset");
        browser.clickText("dialog button", "Yes");
        browser.await(() -> browser.text("#main-panel").contains("There is none."), "no baseline");
    }

    private void german() throws Exception {
        LocaleProvider before = LocaleProvider.getProvider();
        LocaleProvider.setProvider(LOCALE_OF_THE_REQUEST);
        try (Browser german = Browser.start(j.getURL().toURI(), "de")) {
            german.open(siteRun.getUrl());
            String page = german.text(BOX);
            for (String text : List.of("Fertig", ", fehlgeschlagen: ", "vor ")) {
                assertTrue(page.contains(text), page);
            }
            german.open("job/website/cache-purge/");
            assertTrue(german.text("#main-panel").contains("Letzte Purges"), german.text("#main-panel"));
            german.assertNoConsoleErrors();
        } finally {
            LocaleProvider.setProvider(before);
        }
    }
}
