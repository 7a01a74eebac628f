package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.FastlyProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeHistoryStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStatusStep;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.util.List;
import java.util.Locale;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The forms of sites, and of steps that name one. */
@ExtendWith(SharedJenkins.class)
class SiteFormsTest {

    private JenkinsRule j;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        j = rule;
    }

    private static Site site(String name) {
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrls(List.of("http://one.internal:6081", "http://two.internal:6081"));
        varnish.setHost("origin.example.org");
        return new Site(
                name,
                List.of("https://www.example.org", "https://example.org"),
                List.of(varnish, new FastlyProvider("fastly", "SU1Z0isxPaozGVKXdv0eY")));
    }

    private static void assertSame(Site expected, Site actual) {
        assertEquals(expected.getName(), actual.getName());
        assertEquals(expected.getUrls(), actual.getUrls());
        assertEquals(expected.layerNames(), actual.layerNames());
        assertEquals(expected.getFolders(), actual.getFolders());
        VarnishProvider varnish = (VarnishProvider) actual.getLayers().get(0);
        assertEquals(List.of("http://one.internal:6081", "http://two.internal:6081"), varnish.getUrls());
        assertEquals("origin.example.org", varnish.getHost());
        assertEquals(
                "SU1Z0isxPaozGVKXdv0eY", ((FastlyProvider) actual.getLayers().get(1)).getServiceId());
    }

    @Test
    void systemPageKeepsTheSites() throws Exception {
        Site open = site("www");
        Site restricted = site("shop.example");
        restricted.setFolders(List.of("shop", "team/web"));
        SitesConfiguration.get().setSites(List.of(open, restricted));
        j.submit(j.createWebClient().goTo("manage/configure").getFormByName("config"));
        List<Site> again = SitesConfiguration.get().getSites();
        assertEquals(2, again.size());
        assertSame(open, again.get(0));
        assertSame(restricted, again.get(1));
    }

    @Test
    void systemPageRefusesASiteWithoutAValidName() throws Exception {
        SitesConfiguration.get().setSites(List.of(site("www")));
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = web.goTo("manage/configure").getFormByName("config");
        HtmlInput name = form.getInputByValue("www");
        name.setValue("w w");
        String page = j.submit(form).getWebResponse().getContentAsString();
        assertTrue(
                page.contains(
                        "site 'w w': Name: must be letters, digits, - and ., beginning with a letter or digit, such as www"),
                page);
        assertEquals("www", SitesConfiguration.get().getSites().get(0).getName());
    }

    @Test
    void formNamesTheSiteAndTheField() throws Exception {
        Folder folder = j.createProject(Folder.class, "team");
        folder.addProperty(new SiteFolderProperty(List.of(site("www"), site("shop"))));
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = web.getPage(folder, "configure").getFormByName("config");
        form.getTextAreasByName("_.urls").stream()
                .filter(urls -> urls.getText().contains("https://www.example.org"))
                .toList()
                .get(1)
                .setText("https://*.example.org");
        String page = j.submit(form).getWebResponse().getContentAsString();
        assertTrue(page.contains("site 'shop': URLs for visitors (one per line): must not contain *;"), page);
    }

    @Test
    void problemIsInTheLanguageOfTheForm() {
        Site shop = new Site("shop", List.of("https://shop.example.org"), List.of());
        InvalidSiteException problem =
                assertThrows(InvalidSiteException.class, () -> Site.check(List.of(site("www"), shop)));
        assertEquals("site 'shop': layers: must have at least one layer", problem.getMessage());
        assertEquals(
                "site 'shop': Layers, from the origin to the visitor: must have at least one layer",
                problem.message(Locale.ENGLISH));
        assertEquals(
                "Website \u201eshop\u201c: Schichten, vom Ursprungsserver zum Besucher: muss mindestens eine Schicht haben",
                problem.message(Locale.GERMAN));
        Site unnamed = new Site(" ", List.of("https://shop.example.org"), List.of());
        assertEquals(
                "Website 2: Name der Website: Erforderlich",
                assertThrows(InvalidSiteException.class, () -> Site.check(List.of(site("www"), unnamed)))
                        .message(Locale.GERMAN));
    }

    @Test
    void folderKeepsItsSites() throws Exception {
        Folder folder = j.createProject(Folder.class, "team");
        folder.addProperty(new SiteFolderProperty(List.of(site("www"))));
        j.configRoundtrip(folder);
        List<Site> again = folder.getProperties().get(SiteFolderProperty.class).getSites();
        assertSame(site("www"), again.get(0));
        Folder without = j.createProject(Folder.class, "other");
        j.configRoundtrip(without);
        assertNull(without.getProperties().get(SiteFolderProperty.class));
    }

    @Test
    void jobDslCreatesAFolderWithASite() throws Exception {
        FreeStyleProject seed = j.createFreeStyleProject();
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setSandbox(false);
        dsl.setScriptText("""
                folder('team') {
                    properties {
                        cachePurgeSites {
                            sites {
                                site {
                                    name('www')
                                    urls(['https://team.example.org'])
                                    layers {
                                        fastly { credentialsId('fastly'); serviceId('SU1Z0isxPaozGVKXdv0eY') }
                                    }
                                }
                            }
                        }
                    }
                }
                """);
        seed.getBuildersList().add(dsl);
        j.buildAndAssertSuccess(seed);
        Folder folder = j.jenkins.getItemByFullName("team", Folder.class);
        Site site =
                folder.getProperties().get(SiteFolderProperty.class).getSites().get(0);
        assertEquals("www", site.getName());
        assertEquals(List.of("https://team.example.org"), site.getUrls());
        assertEquals(List.of("fastly"), site.layerNames());
        assertNull(site.getFolders());
    }

    @Test
    void settingsAreLoadedAgain() {
        SitesConfiguration.get().setSites(List.of(site("www")));
        assertSame(site("www"), new SitesConfiguration().getSites().get(0));
    }

    @Test
    void stepFormAndSnippetHaveTheName() throws Exception {
        SitesConfiguration.get().setSites(List.of(site("www"), site("docs")));
        CdnPurgeStep step = new CdnPurgeStep(new SiteProvider("docs"));
        step.setAll(true);
        CdnPurgeStep again = new StepConfigTester(j).configRoundTrip(step);
        assertEquals("docs", ((SiteProvider) again.getCdn()).getName());
        new SnippetizerTester(j).assertRoundTrip(step, "cdnPurge all: true, cdn: site('docs')");
        CdnPurgeHistoryStep history = new CdnPurgeHistoryStep(new SiteProvider("www"));
        history.setLayer("scaleway");
        new SnippetizerTester(j).assertRoundTrip(history, "cdnPurgeHistory cdn: site('www'), layer: 'scaleway'");
        assertEquals(
                "scaleway", new StepConfigTester(j).configRoundTrip(history).getLayer());
        CdnPurgeStatusStep status = new CdnPurgeStatusStep(new SiteProvider("www"), "id");
        status.setLayer("scaleway");
        assertEquals("scaleway", new StepConfigTester(j).configRoundTrip(status).getLayer());
    }

    @Test
    void formOffersTheSitesThatTheJobMayPurge() throws Exception {
        Site restricted = site("shop");
        restricted.setFolders(List.of("shop"));
        SitesConfiguration.get().setSites(List.of(site("www"), restricted));
        Folder team = j.createProject(Folder.class, "team");
        team.addProperty(new SiteFolderProperty(List.of(site("own"))));
        FreeStyleProject job = team.createProject(FreeStyleProject.class, "job");
        FreeStyleProject other = j.createFreeStyleProject("other");
        assertEquals(List.of("own", "www"), names(job, ""));
        assertEquals(List.of("www"), names(other, ""));
        assertEquals(List.of("www", "gone"), names(other, "gone"));
        assertEquals(List.of("shop", "www"), names(null, ""));
        assertEquals(FormValidation.Kind.OK, provider().doCheckName(job, "own").kind);
        assertEquals(
                "there is no site &#039;shop&#039; that this job can use; it can use: own, www",
                provider().doCheckName(job, "shop").getMessage());
    }

    @Test
    void namesAreForThoseWhoMayReadTheConfigurationOfTheJob() throws Exception {
        SitesConfiguration.get().setSites(List.of(site("www")));
        FreeStyleProject job = j.createFreeStyleProject("job");
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer"));
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName("reader"))) {
            assertEquals(List.of(), names(job, ""));
            assertEquals(List.of("www"), names(job, "www"));
            assertEquals(FormValidation.Kind.OK, provider().doCheckName(job, "guess").kind);
        }
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName("configurer"))) {
            assertEquals(List.of("www"), names(job, ""));
            assertEquals(List.of(), names(null, ""));
        }
    }

    /** A help file can be asked for only while a page is made. */
    @Test
    void everySettingHasHelp() throws Exception {
        Descriptor<?> site = Jenkins.get().getDescriptorOrDie(Site.class);
        for (String field : List.of("name", "urls", "layers", "folders")) {
            assertNotNull(j.executeOnServer(() -> site.getHelpFile(field)), field);
        }
    }

    private static SiteProvider.DescriptorImpl provider() {
        return Jenkins.get().getDescriptorByType(SiteProvider.DescriptorImpl.class);
    }

    private static List<String> names(Item job, String current) {
        return provider().doFillNameItems(job, current).stream()
                .map((ListBoxModel.Option option) -> option.value)
                .toList();
    }
}
