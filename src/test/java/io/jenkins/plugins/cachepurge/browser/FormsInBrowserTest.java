package io.jenkins.plugins.cachepurge.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CdnCase;
import io.jenkins.plugins.cachepurge.cdn.CdnCases;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.security.csp.impl.CspConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of each CDN in the snippet generator and in a freestyle job, as a person uses it. */
@ExtendWith(SharedJenkins.class)
class FormsInBrowserTest {

    /** Its connection is tested with another service of the vendor. */
    private static final String TESTED_ELSEWHERE = "cloudFront";

    private static final String PICTURED = "scaleway";

    private static final String SOFT = "return document.querySelector('.cache-purge-soft input[type=checkbox]')";

    private JenkinsRule j;
    private Browser browser;

    /** One Jenkins and one browser for all. */
    @TestFactory
    Stream<DynamicTest> forms(JenkinsRule rule) throws Exception {
        j = rule;
        ExtensionList.lookupSingleton(CspConfiguration.class).setEnforce(true);
        j.createProject(WorkflowJob.class, "pipeline");
        browser = Browser.start(j.getURL().toURI(), "en");
        Stream<DynamicTest> policy = Stream.of(DynamicTest.dynamicTest("Content Security Policy", this::policy));
        Stream<DynamicTest> snippets = CdnCases.all().stream()
                .map(cdn -> DynamicTest.dynamicTest("snippet of " + cdn, () -> at(cdn, this::snippet)));
        Stream<DynamicTest> jobs = CdnCases.all().stream()
                .map(cdn -> DynamicTest.dynamicTest("freestyle job with " + cdn, () -> at(cdn, this::freestyle)));
        Stream<DynamicTest> choices = Stream.of(
                DynamicTest.dynamicTest("a star is checked for the chosen CDN", this::starForChosenCdn),
                DynamicTest.dynamicTest("soft is for some selections only", this::softIsForSomeSelections));
        return Stream.of(policy, choices, snippets, jobs).flatMap(each -> each).onClose(browser::close);
    }

    private void policy() {
        browser.open("");
        Object header =
                browser.script("return fetch(location.href).then((r) => r.headers.get('content-security-policy'))");
        assertTrue(String.valueOf(header).contains("script-src 'report-sample' 'self';"), String.valueOf(header));
    }

    private void starForChosenCdn() {
        browser.open("job/pipeline/pipeline-syntax/");
        CdnForm page = new CdnForm(browser, "#main-panel");
        page.pickStep("cdnPurge");
        page.choose("Scaleway Edge Services");
        page.select(SelectionType.PATHS, "/blog/*");
        page.awaitError(
                "'/blog/*' must not contain *, since each of paths names a single page; for more, Scaleway Edge Services supports");
        page.choose("Amazon CloudFront");
        page.awaitNoErrorWith("/blog/*");
        page.choose("Gotipath CDN");
        page.awaitError(
                "'/blog/*' must not contain *, since each of paths names a single page; for more, Gotipath CDN supports");
    }

    /** What the other selection does not support is not kept out of sight. */
    private void softIsForSomeSelections() {
        browser.open("job/pipeline/pipeline-syntax/");
        CdnForm page = new CdnForm(browser, "#main-panel");
        page.pickStep("cdnPurge");
        page.choose("Varnish");
        page.select(SelectionType.PATHS, "/a");
        browser.click(browser.findShown(".cache-purge-soft label"));
        assertEquals(true, browser.script(SOFT + ".checked"));
        page.select(SelectionType.ALL, "");
        assertEquals(false, browser.script(SOFT + ".checked"));
        assertEquals(true, browser.script(SOFT + ".closest('.cache-purge-soft').hidden"));
    }

    @FunctionalInterface
    private interface Check {
        void of(CdnCase cdn, String url) throws Exception;
    }

    /** Runs a check beside the simulator of a CDN, which must get requests. */
    private void at(CdnCase cdn, Check check) throws Exception {
        FaultInjectingService wire = new FaultInjectingService(cdn.service());
        try (SimServer server = SimServer.start(wire)) {
            String url = server.url().toString();
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(url));
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            SimulatedServices.add(cdn.credentials().apply(url).orElseThrow());
            check.of(cdn, url);
            assertTrue(!wire.requests().isEmpty(), "nothing was sent");
            browser.assertNoConsoleErrors();
        }
    }

    private void snippet(CdnCase cdn, String url) throws Exception {
        browser.open("job/pipeline/pipeline-syntax/?" + cdn);
        CdnForm page = new CdnForm(browser, "#main-panel");
        page.pickStep("cdnPurge");
        fill(page, cdn, url);
        if (!cdn.symbol().equals(TESTED_ELSEWHERE)) {
            page.testConnection();
        }
        browser.assertAccessible(CdnForm.OURS);
        if (cdn.symbol().equals(PICTURED)) {
            browser.resize(850, 1250);
            browser.pictureFrom(
                    "form", browser.findShown(".jenkins-form-item:has(> .jenkins-select > [aria-label=CDN])"));
            browser.resize(1280, 900);
        }
        browser.clickText("button", "Generate Pipeline Script");
        String script = browser.await(
                () -> Optional.of(browser.find("#prototypeText").getDomProperty("value"))
                        .filter(text -> !text.isEmpty()),
                "the script");
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        j.buildAndAssertSuccess(job);
    }

    private void freestyle(CdnCase cdn, String url) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject(cdn.symbol());
        browser.open(job.getUrl() + "configure");
        browser.clickText(".hetero-list-add", "Add build step");
        browser.clickText(".jenkins-dropdown__item", "Purge CDN cache");
        CdnForm form = new CdnForm(browser, "[descriptorid$='CdnPurgeBuilder']");
        fill(form, cdn, url);
        browser.assertAccessible(CdnForm.OURS);
        if (cdn.symbol().equals(PICTURED)) {
            browser.resize(1280, 1900);
            browser.pictureOf("freestyle", browser.findShown("[descriptorid$='CdnPurgeBuilder']"));
            browser.resize(1280, 900);
        }
        browser.clickText("button", "Save");
        browser.await(() -> !browser.driver().getCurrentUrl().endsWith("configure"), "saved");
        browser.open(job.getUrl() + "configure");
        form.assertFields(CdnForm.fields(cdn, url));
        j.buildAndAssertSuccess(job);
    }

    private void fill(CdnForm form, CdnCase cdn, String url) {
        form.choose(descriptor(cdn).getDisplayName());
        form.fill(CdnForm.fields(cdn, url));
        SelectionType kind = descriptor(cdn).capabilities().types().iterator().next();
        form.select(kind, String.join("\n", cdn.chosen().get(kind)));
        form.assertNoErrors();
    }

    private CdnProviderDescriptor descriptor(CdnCase cdn) {
        return j.jenkins.getDescriptorList(CdnProvider.class).stream()
                .map(CdnProviderDescriptor.class::cast)
                .filter(descriptor -> descriptor.symbolName().equals(cdn.symbol()))
                .findFirst()
                .orElseThrow();
    }
}
