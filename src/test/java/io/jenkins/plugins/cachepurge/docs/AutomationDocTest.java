package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.docs.Documents.Block;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The examples of automation.md, in their order. */
@ExtendWith(SharedJenkins.class)
class AutomationDocTest {

    private static final Path DOCUMENT = Documents.DOCS.resolve("automation.md");
    private static final Pattern ADDRESS = Pattern.compile("'https://jenkins\\.example\\.org/([^']*)'");

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

    @Test
    void jobIsCreatedBuiltAndRead() throws Exception {
        blocks("Job DSL").forEach(this::create);
        FreeStyleProject website = j.jenkins.getItemByFullName("website", FreeStyleProject.class);
        assertNotNull(website);
        String command = blocks("jenkins-cli").get(0).strip().replaceFirst(".* -webSocket ", "");
        List<String> words = List.of(command.split(" "));
        CLICommandInvoker.Result result = new CLICommandInvoker(j, words.get(0))
                .invokeWithArgs(words.subList(1, words.size()).toArray(String[]::new));
        assertEquals(0, result.returnCode(), result::toString);
        assertTrue(result.stdout().contains("Scaleway Edge Services purge"), result.stdout());
        assertEquals(List.of("/app.js"), lastPurged());
        readsOverRest(website);
        FreeStyleProject after = j.jenkins.getItemByFullName("website-after", FreeStyleProject.class);
        j.buildAndAssertSuccess(after);
        assertTrue(services.scaleway
                .purgeRequests()
                .get(services.scaleway.purgeRequests().size() - 1)
                .all());
    }

    private void readsOverRest(FreeStyleProject website) throws Exception {
        List<String> rest = blocks("REST");
        WebRequest start = new WebRequest(new URL(j.getURL(), address(rest.get(0))), HttpMethod.POST);
        j.createWebClient().addCrumb(start);
        j.createWebClient().getPage(start);
        j.waitUntilNoActivity();
        FreeStyleBuild build = website.getBuildByNumber(2);
        j.assertBuildStatus(Result.SUCCESS, build);
        assertEquals(List.of("/index.html"), lastPurged());
        JSONArray actions = j.getJSON(address(rest.get(1))).getJSONObject().getJSONArray("actions");
        JSONObject operation = actions.stream()
                .map(JSONObject.class::cast)
                .filter(action -> action.has("operations"))
                .findFirst()
                .orElseThrow()
                .getJSONArray("operations")
                .getJSONObject(0);
        operation.remove("_class");
        assertEquals(JSONObject.fromObject(rest.get(2)), operation);
    }

    @Test
    void tableNamesTheSymbolsOfAllBuildSteps() {
        for (Documents.Row row : Documents.rows(DOCUMENT)) {
            String symbol = row.name(0);
            String step = row.name(1).replaceAll("\\[(\\w+)].*", "$1");
            assertEquals(step, step(Builder.class, symbol));
            assertEquals(step, step(Publisher.class, symbol));
        }
        assertEquals(5, Documents.rows(DOCUMENT).size());
    }

    /** The function of the step that a builder or publisher runs. */
    private static String step(Class<?> type, String symbol) {
        Object found = SymbolLookup.get().findDescriptor(type, symbol);
        BuildStepDescriptor<?> descriptor = (BuildStepDescriptor<?>) found;
        assertNotNull(descriptor, symbol);
        String name = descriptor.clazz.getSimpleName().replaceFirst("(Builder|Publisher)$", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private List<String> lastPurged() {
        return services.scaleway
                .purgeRequests()
                .get(services.scaleway.purgeRequests().size() - 1)
                .assets();
    }

    private static List<String> blocks(String title) {
        return Documents.blocks(DOCUMENT).stream()
                .filter(block -> block.title().equals(title))
                .map(Block::text)
                .toList();
    }

    private static String address(String command) {
        Matcher address = ADDRESS.matcher(command);
        assertTrue(address.find(), command);
        return address.group(1);
    }

    /** The simulator is at another address. */
    private void create(String script) {
        String pipeline = "pipelineId('%s')".formatted(SimulatedServices.DATA.scalewayPipelineId());
        assertTrue(script.contains(pipeline), script);
        try {
            FreeStyleProject seed = j.createFreeStyleProject();
            ExecuteDslScripts scripts = new ExecuteDslScripts();
            scripts.setUseScriptText(true);
            scripts.setSandbox(false);
            scripts.setScriptText(
                    script.replace(pipeline, pipeline + "\napiUrl('%s')".formatted(services.scalewayUrl())));
            seed.getBuildersList().add(scripts);
            j.buildAndAssertSuccess(seed);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
