package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.InvisibleAction;
import hudson.model.RootAction;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The steps' forms and the snippet generator: what comes out is what was put in, and every field has its help. */
@ExtendWith(SharedJenkins.class)
class StepFormsTest {

    private static final String UUID = "00000000-0000-4000-8000-000000000000";

    private static final String CHANGED_FILES =
            "changedFiles(allowMassDelete: true, base: '/docs/', dir: 'build/site', exclude: '**/*.map', first: 'nothing', "
                    + "foldAbove: 7, include: '**/*.html', index: 'default.htm', purgeNew: false, trustTimes: true, "
                    + "url: 'https://www.example.org')";

    /** Fields of all credentials, with help that comes with them. */
    private static final Set<String> FROM_CREDENTIALS = Set.of("id", "description", "scope");

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    /** With each step the snippet that the generator makes of it. */
    private Map<Step, String> steps() {
        BuddyClearCacheStep clear = new BuddyClearCacheStep("buddy", "acme", "website", 2);
        BuddyClearCacheStep clearFully = new BuddyClearCacheStep("buddy", "acme", "website", "2");
        clearFully.setApiUrl(services.buddyUrl());
        clearFully.setTimeout(60);
        BuddyRunScheduledStep run = new BuddyRunScheduledStep("buddy", "acme", "website", 2, 4);
        BuddyRunScheduledStep runFully = new BuddyRunScheduledStep("buddy", "acme", "website", "2", "4");
        runFully.setApiUrl(services.buddyUrl());
        runFully.setTimeout(60);
        runFully.setWait(false);
        runFully.setCancelOnAbort(true);
        CdnPurgeStep purge = new CdnPurgeStep(new ScalewayProvider("scw", UUID));
        purge.setPaths("/index.html", "/it's a \"path\"?q=\\1");
        CdnPurgeStep tags = new CdnPurgeStep(gotipath());
        tags.setTags("article-7", "home");
        tags.setSoft(true);
        CdnPurgeStep purgeFully = new CdnPurgeStep(gotipath());
        purgeFully.setAll(true);
        purgeFully.setWait(false);
        purgeFully.setDryRun(true);
        purgeFully.setTimeout(60);
        CdnPurgeStep changes = new CdnPurgeStep(new ScalewayProvider("scw", UUID));
        changes.setChanges(new ChangedFiles("dist"));
        CdnPurgeStep changesFully = new CdnPurgeStep(new ScalewayProvider("scw", UUID));
        changesFully.setChanges(changedFiles());
        CdnChangesStep list = new CdnChangesStep(new ChangedFiles("dist"));
        CdnChangesStep listFully = new CdnChangesStep(changedFiles());
        listFully.setCdn(new ScalewayProvider("scw", UUID));
        listFully.setTimeout(60);
        CdnPurgeHistoryStep history = new CdnPurgeHistoryStep(new ScalewayProvider("scw", UUID));
        CdnPurgeHistoryStep historyFully = new CdnPurgeHistoryStep(scaleway());
        historyFully.setLimit(5);
        historyFully.setOrder("asc");
        historyFully.setTimeout(30);
        CdnPurgeStatusStep status = new CdnPurgeStatusStep(new ScalewayProvider("scw", UUID), UUID);
        CdnPurgeStatusStep statusFully = new CdnPurgeStatusStep(scaleway(), UUID);
        statusFully.setTimeout(30);
        PipelineClearStorageStep storage = new PipelineClearStorageStep("orders");
        PipelineClearStorageStep storageFully = new PipelineClearStorageStep("orders");
        storageFully.setCredentialsId("feldera");
        storageFully.setApiUrl(services.felderaUrl());
        storageFully.setTenant("acme");
        storageFully.setStop(true);
        storageFully.setWait(false);
        storageFully.setTimeout(60);
        String buddy = "credentialsId: 'buddy'";
        String scw = "cdn: scaleway(credentialsId: 'scw', pipelineId: '%s')".formatted(UUID);
        String scwFully = "cdn: scaleway(apiUrl: '%s', credentialsId: 'scw', pathsPerRequest: 7, pipelineId: '%s')"
                .formatted(services.scalewayUrl(), UUID);
        String goti =
                "cdn: gotipath(apiUrl: '%s', credentialsId: 'goti', distributionId: '%s', pathsPerRequest: 9, type: 'pattern')"
                        .formatted(services.gotipathUrl(), UUID);
        String end = "workspace: 'acme'";
        return Map.ofEntries(
                Map.entry(clear, "buddyClearCache %s, pipelineId: '2', project: 'website', %s".formatted(buddy, end)),
                Map.entry(
                        clearFully,
                        "buddyClearCache apiUrl: '%s', %s, pipelineId: '2', project: 'website', timeout: 60, %s"
                                .formatted(services.buddyUrl(), buddy, end)),
                Map.entry(
                        run,
                        "buddyRunScheduled %s, executionId: '4', pipelineId: '2', project: 'website', %s"
                                .formatted(buddy, end)),
                Map.entry(
                        runFully,
                        "buddyRunScheduled apiUrl: '%s', cancelOnAbort: true, %s, executionId: '4', pipelineId: '2', project: 'website', timeout: 60, wait: false, %s"
                                .formatted(services.buddyUrl(), buddy, end)),
                Map.entry(tags, "cdnPurge %s, soft: true, tags: ['article-7', 'home']".formatted(goti)),
                Map.entry(purge, "cdnPurge %s, paths: ['/index.html', '/it\\'s a \"path\"?q=\\\\1']".formatted(scw)),
                Map.entry(purgeFully, "cdnPurge all: true, %s, dryRun: true, timeout: 60, wait: false".formatted(goti)),
                Map.entry(changes, "cdnPurge %s, changes: changedFiles('dist')".formatted(scw)),
                Map.entry(changesFully, "cdnPurge %s, changes: %s".formatted(scw, CHANGED_FILES)),
                Map.entry(list, "cdnChanges changes: changedFiles('dist')"),
                Map.entry(listFully, "cdnChanges %s, changes: %s, timeout: 60".formatted(scw, CHANGED_FILES)),
                Map.entry(history, "cdnPurgeHistory " + scw),
                Map.entry(historyFully, "cdnPurgeHistory %s, limit: 5, order: 'asc', timeout: 30".formatted(scwFully)),
                Map.entry(status, "cdnPurgeStatus %s, requestId: '%s'".formatted(scw, UUID)),
                Map.entry(statusFully, "cdnPurgeStatus %s, requestId: '%s', timeout: 30".formatted(scwFully, UUID)),
                Map.entry(storage, "pipelineClearStorage 'orders'"),
                Map.entry(
                        storageFully,
                        "pipelineClearStorage apiUrl: '%s', credentialsId: 'feldera', pipeline: 'orders', stop: true, tenant: 'acme', timeout: 60, wait: false"
                                .formatted(services.felderaUrl())));
    }

    private static ChangedFiles changedFiles() {
        ChangedFiles files = new ChangedFiles("build/site");
        files.setBase("/docs/");
        files.setUrl("https://www.example.org");
        files.setInclude("**/*.html");
        files.setExclude("**/*.map");
        files.setIndex("default.htm");
        files.setFoldAbove(7);
        files.setFirst("nothing");
        files.setPurgeNew(false);
        files.setAllowMassDelete(true);
        files.setTrustTimes(true);
        return files;
    }

    private GotipathProvider gotipath() {
        GotipathProvider provider = new GotipathProvider("goti", UUID);
        provider.setApiUrl(services.gotipathUrl());
        provider.setType("pattern");
        provider.setPathsPerRequest(9);
        return provider;
    }

    private ScalewayProvider scaleway() {
        ScalewayProvider provider = new ScalewayProvider("scw", UUID);
        provider.setApiUrl(services.scalewayUrl());
        provider.setPathsPerRequest(7);
        return provider;
    }

    @Test
    void theSnippetGeneratorWritesWhatIsMeantAndReadsItBack() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(j);
        for (Map.Entry<Step, String> each : steps().entrySet()) {
            tester.assertRoundTrip(each.getKey(), each.getValue());
        }
        for (Class<? extends Describable<?>> type :
                List.<Class<? extends Describable<?>>>of(ScalewayProvider.class, GotipathProvider.class)) {
            SnippetizerTester.assertDocGeneration(type);
        }
    }

    @Test
    void theFormOfEachStepKeepsItsParameters() throws Exception {
        List<Step> steps = List.copyOf(steps().keySet());
        FilledForm forms = ExtensionList.lookupSingleton(FilledForm.class);
        forms.shown = steps;
        j.submit(j.createWebClient().goTo("filled-form/").getFormByName("filled"));
        assertEquals(steps.size(), forms.submitted.size());
        for (int i = 0; i < steps.size(); i++) {
            assertEquals(steps.get(i).getClass(), forms.submitted.get(i).getClass());
            assertEquals(described(steps.get(i)), described(forms.submitted.get(i)));
        }
    }

    private static Map<String, Object> described(Step step) {
        return DescribableModel.of(step.getClass()).uninstantiate2(cast(step)).toMap();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object object) {
        return (T) object;
    }

    /** Shows the forms of steps, and takes what is submitted. */
    @TestExtension
    public static final class FilledForm extends InvisibleAction implements RootAction {

        private volatile List<Step> shown = List.of();
        private volatile List<Step> submitted = List.of();

        @Override
        public String getUrlName() {
            return "filled-form";
        }

        public List<Step> getShown() {
            return shown;
        }

        @POST
        public HttpResponse doSubmit(StaplerRequest2 request) throws Exception {
            JSONObject form = request.getSubmittedForm();
            List<Step> all = new ArrayList<>();
            for (Step step : shown) {
                all.add(step.getDescriptor().newInstance(request, form.getJSONObject("step" + all.size())));
            }
            submitted = all;
            return HttpResponses.ok();
        }
    }

    /** Shows the forms of things that do not exist yet. */
    @TestExtension
    public static class FreshForm extends InvisibleAction implements RootAction {
        @Override
        public String getUrlName() {
            return "fresh-form";
        }

        public List<Descriptor<?>> getDescriptors() {
            return Stream.of(Stapler.getCurrentRequest2().getParameterValues("of"))
                    .<Descriptor<?>>map(Jenkins.get()::getDescriptorByName)
                    .toList();
        }

        /** The page of the forms of these types, each of which is named after its type. */
        static String of(Collection<? extends Class<?>> types) {
            return types.stream().map(Class::getName).collect(Collectors.joining("&of=", "fresh-form?of=", ""));
        }
    }

    @Test
    void aFreshFormHoldsTheDocumentedDefaults() throws Exception {
        Map<Class<?>, Map<String, String>> defaults = Map.of(
                BuddyClearCacheStep.class,
                Map.of("timeout", "120", "apiUrl", "", "pipelineId", ""),
                BuddyRunScheduledStep.class,
                Map.of("timeout", "3600", "wait", "true", "cancelOnAbort", "false"),
                CdnPurgeStep.class,
                Map.of("timeout", "", "wait", "true", "kind", "PATHS", "lines", "", "soft", "false", "dryRun", "false"),
                ChangedFiles.class,
                Map.ofEntries(
                        Map.entry("dir", ""),
                        Map.entry("base", "/"),
                        Map.entry("url", ""),
                        Map.entry("include", ""),
                        Map.entry("exclude", ""),
                        Map.entry("index", "index.html"),
                        Map.entry("foldAbove", "100"),
                        Map.entry("first", "all"),
                        Map.entry("purgeNew", "true"),
                        Map.entry("allowMassDelete", "false"),
                        Map.entry("trustTimes", "false")),
                CdnPurgeHistoryStep.class,
                Map.of("timeout", "60", "limit", "20", "order", "desc"),
                CdnPurgeStatusStep.class,
                Map.of("timeout", "60", "requestId", ""),
                PipelineClearStorageStep.class,
                Map.of("timeout", "300", "wait", "true", "stop", "false", "apiUrl", "", "tenant", ""),
                ScalewayProvider.class,
                Map.of("pathsPerRequest", "5", "apiUrl", ""),
                GotipathProvider.class,
                Map.of("pathsPerRequest", "100", "type", "url", "apiUrl", ""));
        HtmlPage page = j.createWebClient().goTo(FreshForm.of(defaults.keySet()));
        defaults.forEach((type, values) -> {
            HtmlForm form = page.getFormByName(type.getName());
            values.forEach((field, value) -> assertEquals(value, value(form, field), type + " " + field));
        });
    }

    private static String value(HtmlForm form, String field) {
        DomElement element = form.querySelector("[name='_.%s']".formatted(field));
        if (element instanceof HtmlCheckBoxInput box) {
            return Boolean.toString(box.isChecked());
        }
        if (element instanceof HtmlTextArea area) {
            return area.getText();
        }
        return element instanceof HtmlSelect select
                ? select.getSelectedOptions().get(0).getValueAttribute()
                : ((HtmlInput) element).getValue();
    }

    /** The credentials that a job could use, of the right type and for the right host. */
    @Test
    void theDropDownsListWhatTheJobCanUse() throws Exception {
        List<Class<?>> ofSecretTexts =
                List.of(BuddyClearCacheStep.class, PipelineClearStorageStep.class, ScalewayProvider.class);
        List<Class<?>> all = new ArrayList<>(ofSecretTexts);
        all.add(GotipathProvider.class);
        HtmlPage page = j.createWebClient().goTo(FreshForm.of(all));
        for (Class<?> type : ofSecretTexts) {
            assertEquals(List.of("", "buddy", "feldera", "scw"), choices(page, type), type.getName());
        }
        assertEquals(List.of("", "goti"), choices(page, GotipathProvider.class));
    }

    private static List<String> choices(HtmlPage page, Class<?> type) {
        HtmlSelect select = page.getFormByName(type.getName()).querySelector("select[name='_.credentialsId']");
        return select.getOptions().stream()
                .map(HtmlOption::getValueAttribute)
                .sorted()
                .toList();
    }

    @Test
    void everyFieldHasItsHelp() throws Exception {
        List<Descriptor<?>> all = new ArrayList<>(j.jenkins.getDescriptorList(CdnProvider.class));
        all.add(j.jenkins.getDescriptorOrDie(GotipathApiCredentials.class));
        all.add(j.jenkins.getDescriptorOrDie(ChangedFiles.class));
        StepDescriptor.all().stream()
                .filter(each -> each.clazz.getPackage() == CdnPurgeStep.class.getPackage())
                .forEach(all::add);
        assertTrue(all.size() > 8, all::toString);
        Map<String, String> helps = j.executeOnServer(() -> helps(all));
        assertTrue(helps.size() > 40, helps.toString());
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        assertAll(helps.entrySet().stream()
                .map(each -> () -> assertTrue(
                        served(client, each.getKey(), each.getValue()).contains("<"), each.getKey())));
    }

    /** A help file can be asked for only while a page is made. */
    private static Map<String, String> helps(List<Descriptor<?>> all) {
        Map<String, String> helps = new HashMap<>();
        for (Descriptor<?> descriptor : all) {
            if (descriptor instanceof StepDescriptor) {
                helps.put(descriptor.getId(), descriptor.getHelpFile());
            }
            DescribableModel.of(descriptor.clazz).getParameters().stream()
                    .map(DescribableParameter::getName)
                    .filter(name ->
                            descriptor.clazz != GotipathApiCredentials.class || !FROM_CREDENTIALS.contains(name))
                    .forEach(name -> helps.put(descriptor.getId() + "/" + name, descriptor.getHelpFile(name)));
        }
        return helps;
    }

    private static String served(JenkinsRule.WebClient client, String field, String helpFile) throws Exception {
        assertNotNull(helpFile, field);
        return client.goTo(helpFile.substring(1), "text/html").getWebResponse().getContentAsString();
    }
}
