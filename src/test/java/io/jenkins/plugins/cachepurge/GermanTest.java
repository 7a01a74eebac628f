package io.jenkins.plugins.cachepurge;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.Functions;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.BuddyClearCacheBuilder;
import io.jenkins.plugins.cachepurge.freestyle.BuddyRunScheduledBuilder;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgePublisher;
import io.jenkins.plugins.cachepurge.freestyle.PipelineClearStorageBuilder;
import io.jenkins.plugins.cachepurge.freestyle.WhenFailed;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.steps.BuddyClearCacheStep;
import io.jenkins.plugins.cachepurge.steps.BuddyRunScheduledStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.PipelineClearStorageStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomText;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

/** Every page speaks the language that the browser asks for, and no other. */
@WithJenkins
class GermanTest {

    enum Language {
        DE("de", "_de"),
        EN("en", "");

        private final String tag;
        private final String suffix;

        Language(String tag, String suffix) {
            this.tag = tag;
            this.suffix = suffix;
        }

        Properties texts(String file) {
            Properties texts = new Properties();
            try (InputStream in = GermanTest.class.getResourceAsStream(file + suffix + ".properties")) {
                texts.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return texts;
        }

        Language other() {
            return this == DE ? EN : DE;
        }

        String choose(String german, String english) {
            return this == DE ? german : english;
        }
    }

    private static final int LOADING_MILLIS = 10_000;
    private static final String CREDENTIALS = "manage/credentials/store/system/domain/_/";
    private static final String BUDDY_CLEAR_CACHE = "descriptorByName/" + BuddyClearCacheStep.class.getName() + "/";

    private final SimulatedServices services = new SimulatedServices();
    /** A real Jenkins, unlike the one of a test, sets one that asks the browser. */
    private final LocaleProvider usual = LocaleProvider.getProvider();

    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
    }

    @AfterEach
    void closeServices() {
        LocaleProvider.setProvider(usual);
        services.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageSpeaksTheBrowsersLanguage(Language language) throws Exception {
        FreeStyleProject job = jobWithEverything();
        FreeStyleBuild build = j.buildAndAssertSuccess(job);
        JenkinsRule.WebClient browser = browser(language);
        assertAll(
                () -> theJobsConfiguration(language, browser.goTo(job.getUrl() + "configure")),
                () -> theBuildsPage(language, browser.goTo(build.getUrl())),
                () -> systemConfiguration(language, browser.goTo("manage/configure")),
                () -> kindsOfCredentials(language, browser.goTo(CREDENTIALS + "dialog")),
                () -> theCredentialsForm(language, browser.goTo(CREDENTIALS + "credential/goti/updateDialog")),
                () -> theSnippetGenerator(language),
                () -> fieldChecks(language, job),
                () -> connectionTest(language, job),
                () -> help(language, job));
    }

    private void theJobsConfiguration(Language language, HtmlPage page) {
        Texts texts = new Texts(language)
                .add("cdn/GotipathProvider/config")
                .add("cdn/Messages", "GotipathProvider.displayName", "ScalewayProvider.displayName")
                .add("cdn/ScalewayProvider/config")
                .add("freestyle/Messages", "WhenFailed.failure", "WhenFailed.unstable", "WhenFailed.log")
                .add("freestyle/OperationBuilder/config")
                .add("freestyle/OperationPublisher/config")
                .add("steps/BuddyRunScheduledStep/config")
                .add("steps/BuddyStep/limits")
                .add("steps/BuddyStep/pipeline")
                .add("steps/CdnPurgeStep/config")
                .add(
                        "input/LocalizedText",
                        "step.buddyClearCache",
                        "step.buddyRunScheduled",
                        "step.cdnPurge",
                        "step.pipelineClearStorage")
                .add("steps/PipelineClearStorageStep/config")
                .add("steps/OperationStep/testConnection")
                .add("steps/OperationStep/timeout");
        texts.assertShown(shown(page));
    }

    private void theBuildsPage(Language language, HtmlPage page) {
        Texts texts = new Texts(language)
                .add("report/CachePurgeAction/table", "operation", "result", "requests", "started", "duration")
                .add(
                        "report/Messages",
                        "CachePurgeAction.displayName",
                        "OperationReport.done",
                        "OperationReport.failed")
                .add("input/LocalizedText", "step.cdnPurge");
        texts.assertShown(shown(page));
    }

    private void systemConfiguration(Language language, HtmlPage page) {
        new Texts(language).add("config/CachePurgeConfiguration/config").assertShown(shown(page));
    }

    private void kindsOfCredentials(Language language, HtmlPage page) {
        new Texts(language)
                .add("credentials/Messages", "GotipathApiCredentials.displayName")
                .assertShown(shown(page));
    }

    private void theCredentialsForm(Language language, HtmlPage page) {
        new Texts(language)
                .add("credentials/GotipathApiCredentials/credentials")
                .assertShown(shown(page));
    }

    private void theSnippetGenerator(Language language) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        HtmlPage page = browser(language).withJavaScriptEnabled(true).goTo(job.getUrl() + "pipeline-syntax/");
        HtmlSelect steps = page.getElementsByTagName("select").stream()
                .map(HtmlSelect.class::cast)
                .filter(select -> select.getOptions().stream().anyMatch(option -> names(option, "cdnPurge")))
                .findFirst()
                .orElseThrow();
        Texts buddy = new Texts(language)
                .add("steps/BuddyStep/limits")
                .add("steps/BuddyStep/pipeline")
                .add("steps/OperationStep/testConnection")
                .add("steps/OperationStep/timeout");
        Texts cdn = new Texts(language)
                .add("cdn/ScalewayProvider/config")
                .add("steps/OperationStep/testConnection")
                .add("steps/OperationStep/timeout");
        Texts feldera =
                new Texts(language).add("steps/OperationStep/testConnection").add("steps/OperationStep/timeout");
        form("buddyClearCache", steps, buddy);
        form("buddyRunScheduled", steps, buddy.add("steps/BuddyRunScheduledStep/config"));
        form("cdnPurge", steps, cdn.and("steps/CdnPurgeStep/config"));
        form("cdnPurgeStatus", steps, cdn.and("steps/CdnPurgeStatusStep/config"));
        form("cdnPurgeHistory", steps, cdn.and("steps/CdnPurgeHistoryStep/config"));
        form("pipelineClearStorage", steps, feldera.add("steps/PipelineClearStorageStep/config"));
    }

    /** Each of its forms is loaded when the step is chosen; those of the steps before stay in the page. */
    private void form(String function, HtmlSelect steps, Texts texts) {
        HtmlOption option = steps.getOptions().stream()
                .filter(each -> names(each, function))
                .findFirst()
                .orElseThrow();
        assertEquals(
                function + ": " + texts.language().texts("input/LocalizedText").getProperty("step." + function),
                option.getTextContent().strip());
        steps.setSelectedAttribute(option, true);
        HtmlPage page = (HtmlPage) steps.getPage();
        page.getWebClient().waitForBackgroundJavaScript(LOADING_MILLIS);
        texts.assertShown(shown(page));
    }

    private static boolean names(HtmlOption option, String function) {
        return option.getTextContent().strip().startsWith(function + ":");
    }

    private void fieldChecks(Language language, FreeStyleProject job) throws Exception {
        String buddy = job.getUrl() + BUDDY_CLEAR_CACHE;
        assertEquals(
                language.choose(
                        "muss eine Zahl ab 1 sein, war aber „two“", "must be a number of at least 1, but was 'two'"),
                post(language, buddy + "checkPipelineId", "value", "two"));
        assertEquals(language.choose("Erforderlich", "Required"), post(language, buddy + "checkProject", "value", ""));
        assertEquals(
                language.choose(
                        "muss eine Zahl von 1 bis 2592000 sein, war aber „long“",
                        "must be a number from 1 to 2592000, but was 'long'"),
                post(language, buddy + "checkTimeout", "value", "long"));
        assertEquals(
                language.choose(
                        "Zeile 2 „b“ muss ein Pfad ab der Wurzel sein, etwa /index.html, ohne Schema und Host",
                        "line 2 'b' must be a path from the root, such as /index.html, without scheme and host"),
                post(
                        language,
                        job.getUrl() + "descriptorByName/" + CdnPurgeStep.class.getName() + "/checkLines",
                        "value",
                        "/a\nb"));
        assertEquals(
                language.choose(
                        "Über unverschlüsseltes HTTP kann jeder im Netz die Zugangsdaten mitlesen.",
                        "Over plain http, the credentials can be read by anyone on the network."),
                post(
                        language,
                        "descriptorByName/" + CachePurgeConfiguration.class.getName() + "/checkAllowedApiUrls",
                        "value",
                        "http://buddy.example.org"));
    }

    private void connectionTest(Language language, FreeStyleProject job) throws Exception {
        String test = job.getUrl() + BUDDY_CLEAR_CACHE + "testConnection";
        assertEquals(
                language.choose(
                        "Verbunden: Pipeline 2 von acme/website Live mirror",
                        "Connected: pipeline 2 of acme/website Live mirror"),
                post(language, test, testOf("2")));
        assertEquals(
                language.choose(
                        "Pipeline-ID: muss eine Zahl ab 1 sein, war aber „0“",
                        "Pipeline ID: must be a number of at least 1, but was '0'"),
                post(language, test, testOf("0")));
        services.buddyWire.failNext(UsualFaults.redirectTo("https://example.org/"));
        String refused = post(language, test, testOf("2"));
        String detail = "Buddy was asked to show pipeline 2 of acme/website and answered HTTP 307.";
        assertEquals(
                language.choose(
                        "Der Dienst lehnt die Anfrage ab. Die Meldung im Einzelnen, auf Englisch: " + detail, detail),
                refused.substring(0, refused.indexOf("307.") + 4));
        String missing = post(language, test, testOf("2", "nowhere"));
        String reason = "credentialsId: there are no credentials";
        assertEquals(
                language.choose(
                        "Die Zugangsdaten lassen sich nicht verwenden. Die Meldung im Einzelnen, auf Englisch: "
                                + reason,
                        reason),
                missing.substring(0, missing.indexOf(reason) + reason.length()));
    }

    private String[] testOf(String pipelineId) {
        return testOf(pipelineId, "buddy");
    }

    private String[] testOf(String pipelineId, String credentialsId) {
        return new String[] {
            "credentialsId",
            credentialsId,
            "workspace",
            "acme",
            "project",
            "website",
            "pipelineId",
            pipelineId,
            "apiUrl",
            services.buddyUrl()
        };
    }

    private void help(Language language, FreeStyleProject job) throws Exception {
        String step = text(browser(language).goTo(job.getUrl() + BUDDY_CLEAR_CACHE + "help"));
        assertEquals(
                language.choose(
                        "Leert den Cache einer Buddy-Pipeline, damit ihre nächste Ausführung ohne Dateien beginnt, die frühere hinterlassen haben.",
                        "Clears the cache of a Buddy pipeline, so that its next execution starts without files that earlier ones left."),
                step);
        String inherited = text(browser(language).goTo(job.getUrl() + BUDDY_CLEAR_CACHE + "help/timeout"));
        assertEquals(
                language.choose(
                        "Wie lange der ganze Vorgang dauern darf, in Sekunden, mit Wiederholungen und Wartezeiten. Ist die Zeit abgelaufen, schlägt der Schritt fehl und meldet den letzten Stand.",
                        "How long the whole operation may take, in seconds: retries and waiting included. When it is over, the step fails and reports the last status."),
                inherited);
    }

    private FreeStyleProject jobWithEverything() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        BuddyClearCacheStep cache = new BuddyClearCacheStep("buddy", "acme", "website", 2);
        cache.setApiUrl(services.buddyUrl());
        job.getBuildersList().add(new BuddyClearCacheBuilder(cache));
        BuddyRunScheduledStep scheduled = new BuddyRunScheduledStep("buddy", "acme", "website", 2, 4);
        scheduled.setApiUrl(services.buddyUrl());
        job.getBuildersList().add(new BuddyRunScheduledBuilder(scheduled));
        ScalewayProvider scaleway = services.scalewayProvider();
        job.getBuildersList().add(new CdnPurgeBuilder(purge(scaleway)));
        GotipathProvider gotipath = new GotipathProvider("goti", DATA.gotipathDistributionId());
        gotipath.setApiUrl(services.gotipathUrl());
        job.getBuildersList().add(new CdnPurgeBuilder(purge(gotipath)));
        PipelineClearStorageStep storage = new PipelineClearStorageStep("payments");
        storage.setApiUrl(services.felderaUrl());
        storage.setCredentialsId("feldera");
        storage.setStop(true);
        job.getBuildersList().add(new PipelineClearStorageBuilder(storage));
        CdnPurgeBuilder refused = new CdnPurgeBuilder(new CdnPurgeStep(scaleway));
        refused.setWhenFailed(WhenFailed.LOG);
        job.getBuildersList().add(refused);
        job.getPublishersList().add(new CdnPurgePublisher(new CdnPurgeBuilder(purge(scaleway))));
        return job;
    }

    private static CdnPurgeStep purge(CdnProvider cdn) {
        CdnPurgeStep step = new CdnPurgeStep(cdn);
        step.setAll(true);
        return step;
    }

    private JenkinsRule.WebClient browser(Language language) {
        JenkinsRule.WebClient browser = j.createWebClient().withJavaScriptEnabled(false);
        browser.addRequestHeader("Accept-Language", language.tag);
        return browser;
    }

    private String post(Language language, String path, String... parameters) throws IOException {
        JenkinsRule.WebClient browser = browser(language);
        WebRequest request = new WebRequest(new URL(j.getURL(), path), HttpMethod.POST);
        List<NameValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        browser.addCrumb(request);
        return text(browser.getPage(request));
    }

    private static String text(HtmlPage page) {
        return inOneLine(page.getBody().getTextContent());
    }

    /** All that people can read in a page, piece by piece. */
    private static Set<String> shown(HtmlPage page) {
        Stream<String> texts = StreamSupport.stream(page.getDescendants().spliterator(), false)
                .filter(DomText.class::isInstance)
                .map(node -> ((DomText) node).getData());
        Stream<String> values = page.getElementsByTagName("input").stream()
                .map(DomElement.class::cast)
                .map(input -> input.getAttribute("value"));
        return Stream.concat(texts, values).map(GermanTest::inOneLine).collect(Collectors.toSet());
    }

    private static String inOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** What a page has to show, and what it must not since it is of the other language. */
    private record Texts(Language language, Set<String> expected, Set<String> unwanted) {

        Texts(Language language) {
            this(language, new TreeSet<>(), new TreeSet<>());
        }

        /** @param keys none for all in the file */
        Texts add(String file, String... keys) {
            Set<String> chosen = keys.length == 0 ? language.texts(file).stringPropertyNames() : Set.of(keys);
            chosen.forEach(key -> {
                expected.add(language.texts(file).getProperty(key));
                unwanted.add(language.other().texts(file).getProperty(key));
            });
            return this;
        }

        Texts and(String file) {
            return new Texts(language, new TreeSet<>(expected), new TreeSet<>(unwanted)).add(file);
        }

        void assertShown(Set<String> shown) {
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(shown);
            Set<String> foreign = new HashSet<>(unwanted);
            foreign.removeAll(expected);
            foreign.retainAll(shown);
            assertEquals(Set.of(), missing, () -> "missing among " + shown);
            assertEquals(Set.of(), foreign);
        }
    }
}
