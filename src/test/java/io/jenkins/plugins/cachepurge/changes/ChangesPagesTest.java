package io.jenkins.plugins.cachepurge.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.TopLevelItem;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.freestyle.WhenFailed;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What people see of changed files: the list of a build, the page of a job, freestyle jobs, and the step that only lists. */
@ExtendWith(SharedJenkins.class)
class ChangesPagesTest {

    private final PurgedCache cache = new PurgedCache();
    private JenkinsRule j;
    private DumbSlave agent;

    @BeforeEach
    void connectAgent(JenkinsRule rule) throws Exception {
        j = rule;
        cache.approve();
        agent = ConnectedAgent.of(j);
    }

    @AfterEach
    void stop() {
        cache.close();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "site");
        job.setDefinition(new CpsFlowDefinition("node('%s') { %s }".formatted(agent.getNodeName(), script), true));
        return job;
    }

    private void write(TopLevelItem job, String name, String content) throws Exception {
        agent.getWorkspaceFor(job).child("dist").child(name).write(content, "UTF-8");
    }

    @Test
    void theBuildPageLeadsToTheList() throws Exception {
        WorkflowJob job = job("cdnPurge cdn: %s, changes: changedFiles('dist')".formatted(cache.cdn()));
        write(job, "a.html", "1");
        j.buildAndAssertSuccess(job);
        for (int i = 0; i < 401; i++) {
            write(job, "n/%03d.html".formatted(i), "1");
        }
        write(job, "<b>&\"x\".html", "1");
        write(job, "a.html", "2");
        WorkflowRun run = j.buildAndAssertSuccess(job);
        JenkinsRule.WebClient browser = j.createWebClient();
        HtmlPage page = browser.getPage(run).getAnchorByText("Changed files").click();
        assertTrue(page.asNormalizedText().contains("1 changed, 402 new, 0 removed, 0 unchanged since build 1"));
        assertTrue(page.asNormalizedText().contains("Page 1 of 3"));
        assertEquals(201, page.querySelectorAll("table.jenkins-table tr").size());
        assertEquals("a.html\tchanged", page.querySelector("tbody tr").asNormalizedText());
        assertTrue(page.getWebResponse().getContentAsString().contains("&lt;b>&amp;\"x\".html")
                || page.getWebResponse().getContentAsString().contains("&lt;b&gt;&amp;"));
        HtmlPage last = page.getAnchorByText("Next")
                .<HtmlPage>click()
                .getAnchorByText("Next")
                .click();
        assertTrue(last.asNormalizedText().contains("Page 3 of 3"));
        assertEquals(4, last.querySelectorAll("table.jenkins-table tr").size());
        String address = page.getUrl().toString();
        for (String odd : List.of("?page=0", "?page=x", "?page=-3")) {
            assertTrue(
                    ((HtmlPage) browser.getPage(address + odd))
                            .asNormalizedText()
                            .contains("Page 1 of 3"),
                    odd);
        }
        assertTrue(((HtmlPage) browser.getPage(address + "?page=999"))
                .asNormalizedText()
                .contains("Page 3 of 3"));
        String base = run.getUrl() + "cache-purge-changes/";
        browser.assertFails(base + "nothing/", 404);
        browser.assertFails(base + "..%2f..%2fconfig/", 404);
    }

    @Test
    void onlyWhoMayConfigureTheJobResetsIt() throws Exception {
        WorkflowJob job = job("cdnPurge cdn: %s, changes: changedFiles('dist')".formatted(cache.cdn()));
        write(job, "a.html", "1");
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
        JenkinsRule.WebClient reader = j.createWebClient().login("reader");
        JenkinsRule.WebClient configurer = j.createWebClient().login("configurer");
        configurer.assertFails(job.getUrl() + "cache-purge/", 404);
        j.buildAndAssertSuccess(job);
        cache.purged();

        String baseline = "varnish www.example.org of " + cache.url() + ", /";
        HtmlPage seen = reader.goTo(job.getUrl() + "cache-purge/");
        assertFalse(seen.asNormalizedText().contains(baseline), seen::asNormalizedText);
        assertEquals(0, seen.querySelectorAll("[data-url^=reset]").size());
        HtmlPage page = configurer.goTo(job.getUrl() + "cache-purge/");
        assertTrue(page.asNormalizedText().contains(baseline), page::asNormalizedText);
        URL reset = new URL(page.getUrl(), page.getAnchorByText("Reset").getAttribute("data-url"));
        assertEquals(403, status(reader, reset, HttpMethod.POST));
        assertEquals(405, status(configurer, reset, HttpMethod.GET));
        configurer.goTo(job.getUrl() + "cache-purge/");
        assertEquals(
                200, status(configurer, new URL(page.getUrl(), "reset?file=..%2f..%2fconfig.xml"), HttpMethod.POST));
        j.assertLogContains("none changed since build 1", j.buildAndAssertSuccess(job));
        assertEquals(200, status(configurer, reset, HttpMethod.POST));
        HtmlPage after = configurer.goTo(job.getUrl() + "cache-purge/");
        assertFalse(after.asNormalizedText().contains("varnish"), after::asNormalizedText);
        j.assertLogContains("with nothing to compare them with yet: everything", j.buildAndAssertSuccess(job));
        assertEquals(Set.of("/*"), cache.purged());
    }

    private static int status(JenkinsRule.WebClient browser, URL url, HttpMethod method) throws Exception {
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(url, method);
        browser.addCrumb(request);
        int status = browser.getPage(request).getWebResponse().getStatusCode();
        browser.getOptions().setThrowExceptionOnFailingStatusCode(true);
        return status;
    }

    @Test
    void aFreestyleJobComparesTheWorkspaceOfItsBuild() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject("free");
        job.setAssignedNode(agent);
        ChangedFiles files = new ChangedFiles("$DIRECTORY");
        files.setExclude("**/*.map");
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(cache.url());
        varnish.setHost("www.example.org");
        CdnPurgeStep step = new CdnPurgeStep(varnish);
        step.setChanges(files);
        CdnPurgeBuilder builder = new CdnPurgeBuilder(step);
        builder.setWhenFailed(WhenFailed.UNSTABLE);
        j.assertEqualDataBoundBeans(builder, j.configRoundtrip(builder));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("DIRECTORY", "dist")));
        job.getBuildersList().add(builder);
        FreeStyleBuild missing = j.buildAndAssertStatus(Result.UNSTABLE, job);
        j.assertLogContains("ERROR: dir: dist does not exist in the workspace", missing);
        write(job, "a.html", "1");
        write(job, "a.map", "1");
        j.assertLogContains("1 file, with nothing to compare them with yet: everything", j.buildAndAssertSuccess(job));
        cache.purged();
        write(job, "a.html", "2");
        write(job, "b.html", "1");
        FreeStyleBuild changed = j.buildAndAssertSuccess(job);
        j.assertLogContains("2 files: 1 changed, 1 new, 0 removed since build 2; 2 pages", changed);
        assertEquals(Set.of("/a.html", "/b.html"), cache.purged());
        j.assertLogContains("none changed since build 3", j.buildAndAssertSuccess(job));
        assertTrue(((HtmlPage) j.createWebClient()
                        .getPage(changed)
                        .getAnchorByText("Changed files")
                        .click())
                .asNormalizedText()
                .contains("b.html\tnew"));
    }

    @Test
    void theListAloneIsRememberedWhenTheBuildSucceeds() throws Exception {
        WorkflowJob job = job("""
                def c = cdnChanges changes: changedFiles(dir: 'dist', url: 'https://www.example.org')
                echo "RESULT ${c.added} ${c.changed} ${c.removed} ${c.unchanged} ${c.pages} ${c.since}"
                for (page in c.pages) { echo "PAGE $page" }
                if (fileExists('broken')) { error 'broken' }
                """);
        write(job, "a.html", "1");
        write(job, "b/index.html", "1");
        j.assertLogContains(
                "RESULT [a.html, b/index.html] [] [] 0 [https://www.example.org/a.html, https://www.example.org/b/index.html, "
                        + "https://www.example.org/b/, https://www.example.org/b] null",
                j.buildAndAssertSuccess(job));
        write(job, "a.html", "2");
        agent.getWorkspaceFor(job).child("broken").write("", "UTF-8");
        String changed = "RESULT [] [a.html] [] 1 [https://www.example.org/a.html] 1";
        j.assertLogContains(changed, j.buildAndAssertStatus(Result.FAILURE, job));
        agent.getWorkspaceFor(job).child("broken").delete();
        WorkflowRun again = j.buildAndAssertSuccess(job);
        j.assertLogContains(changed, again);
        j.assertLogContains("PAGE https://www.example.org/a.html", again);
        j.assertLogContains("RESULT [] [] [] 2 [] 3", j.buildAndAssertSuccess(job));
        assertTrue(Pattern.compile("Jenkins list of changes of dist: 1 changed, 0 new, 0 removed")
                .matcher(JenkinsRule.getLog(again))
                .find());
    }

    @Test
    void theListSinceAPurgeChangesNothing() throws Exception {
        WorkflowJob job = job("""
                def c = cdnChanges changes: changedFiles('dist'), cdn: %1$s
                echo "RESULT ${c.changed} since ${c.since}"
                if (fileExists('purge')) { cdnPurge changes: changedFiles('dist'), cdn: %1$s }
                """.formatted(cache.cdn()));
        write(job, "a.html", "1");
        agent.getWorkspaceFor(job).child("purge").write("", "UTF-8");
        j.buildAndAssertSuccess(job);
        agent.getWorkspaceFor(job).child("purge").delete();
        write(job, "a.html", "2");
        j.assertLogContains("RESULT [a.html] since 1", j.buildAndAssertSuccess(job));
        j.assertLogContains("RESULT [a.html] since 1", j.buildAndAssertSuccess(job));
    }
}
