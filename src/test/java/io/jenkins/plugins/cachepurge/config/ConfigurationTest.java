package io.jenkins.plugins.cachepurge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalComputerRetentionCheckIntervalConfiguration;
import jenkins.model.GlobalQuietPeriodConfiguration;
import jenkins.model.GlobalSCMRetryCountConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The URLs that an administrator approves: their form, who may see it, and what is approved with them. */
@ExtendWith(SharedJenkins.class)
class ConfigurationTest {

    private static final List<ApiUrl> VENDOR =
            List.of(ApiUrl.of("https://api.vendor.test"), ApiUrl.of("https://eu.vendor.test/v1"));

    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private JenkinsRule j;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void theFormKeepsWhatIsApprovedAndTellsWhatCannotBe() throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        assertEquals(List.of(), CachePurgeConfiguration.get().getAllowedApiUrls());
        j.submit(form(client));
        assertEquals(List.of(), CachePurgeConfiguration.get().getAllowedApiUrls());

        HtmlForm form = form(client);
        HtmlTextArea field = form.getTextAreaByName("_.allowedApiUrls");
        field.setText(
                "  https://API.Example.org/ \n\nhttp://10.0.0.1:8080/base/\r\nhttps://api.example.org\nhttps://feldera.example.org:443\n");
        j.submit(form);
        List<String> approved =
                List.of("https://api.example.org", "http://10.0.0.1:8080/base", "https://feldera.example.org");
        assertEquals(approved, CachePurgeConfiguration.get().getAllowedApiUrls());
        j.submit(form(client));
        assertEquals(approved, CachePurgeConfiguration.get().getAllowedApiUrls());
        assertEquals(approved, new CachePurgeConfiguration().getAllowedApiUrls(), "read from the disk");

        HtmlForm wrong = form(client);
        wrong.getTextAreaByName("_.allowedApiUrls").setText("https://fine.example.org\nnot an url");
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(wrong));
        assertTrue(refused.getStatusCode() >= 400);
        assertTrue(
                refused.getResponse().getContentAsString().contains("must be an absolute URL"),
                refused.getResponse().getContentAsString());
        assertEquals(approved, CachePurgeConfiguration.get().getAllowedApiUrls());
    }

    private static HtmlForm form(JenkinsRule.WebClient client) throws Exception {
        return client.goTo("manage/configure").getFormByName("config");
    }

    /** What agents may send credentials to is approved for the controller as well, but not the other way round. */
    @Test
    void agentsHaveAListOfTheirOwn() throws Exception {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        JenkinsRule.WebClient client = j.createWebClient();
        HtmlForm form = form(client);
        form.getTextAreaByName("_.allowedApiUrls").setText("https://one.example.org");
        form.getTextAreaByName("_.agentApiUrls").setText("\nhttps://two.example.org/base/\n");
        j.submit(form);
        j.submit(form(client));
        assertEquals(List.of("https://one.example.org"), configuration.getAllowedApiUrls());
        assertEquals(List.of("https://two.example.org/base"), configuration.getAgentApiUrls());
        assertEquals(List.of("https://two.example.org/base"), new CachePurgeConfiguration().getAgentApiUrls());
        ApiUrl one = ApiUrl.of("https://one.example.org");
        ApiUrl two = ApiUrl.of("https://two.example.org/base/below");
        assertTrue(configuration.isApproved(one));
        assertFalse(configuration.isApprovedForAgents(one));
        assertTrue(configuration.isApproved(two));
        assertTrue(configuration.isApprovedForAgents(two));
        assertFalse(configuration.isApprovedForAgents(ApiUrl.of("https://two.example.org")));
        assertEquals(FormValidation.Kind.ERROR, configuration.doCheckAgentApiUrls("two.example.org").kind);

        HtmlForm wrong = form(client);
        wrong.getTextAreaByName("_.agentApiUrls").setText("not an url");
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(wrong));
        assertTrue(refused.getResponse().getContentAsString().contains("also from agents"));
    }

    @Test
    void theFieldIsCheckedForAdministratorsOnly() throws Exception {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        assertEquals(FormValidation.Kind.OK, configuration.doCheckAllowedApiUrls("\n https://a.example.org \n").kind);
        assertEquals(FormValidation.Kind.OK, configuration.doCheckAllowedApiUrls("").kind);
        assertEquals(FormValidation.Kind.WARNING, configuration.doCheckAllowedApiUrls("http://a.example.org").kind);
        for (String wrong : List.of(
                "a.example.org", "https://u:p@a.example.org", "https://a.example.org?x", "ftp://a.example.org")) {
            assertEquals(
                    FormValidation.Kind.ERROR,
                    configuration.doCheckAllowedApiUrls("https://a.example.org\n" + wrong).kind,
                    wrong);
        }
        configuration.setAllowedApiUrls(List.of("https://approved.example.org"));

        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.MANAGE, Jenkins.READ)
                .everywhere()
                .to("manager")
                .grant(Jenkins.SYSTEM_READ, Jenkins.READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        assertEquals(200, check("admin", HttpMethod.POST));
        assertEquals(404, check("admin", HttpMethod.GET));
        assertEquals(403, check("manager", HttpMethod.POST));
        assertEquals(403, check("reader", HttpMethod.POST));
        assertEquals(403, check("anonymous", HttpMethod.POST));
        assertTrue(page("admin").contains("https://approved.example.org"));
        assertTrue(page("auditor").contains("https://approved.example.org"));
        assertFalse(page("manager").contains("https://approved.example.org"));
        assertEquals(403, status("reader", new WebRequest(url("manage/configure"))));

        JenkinsRule.WebClient manager = client("manager");
        j.submit(form(manager.withJavaScriptEnabled(true)));
        manager.setJavaScriptEnabled(false);
        assertEquals(List.of("https://approved.example.org"), configuration.getAllowedApiUrls());
        for (String user : List.of("manager", "auditor", "reader", "anonymous")) {
            submitForged(user);
            assertEquals(List.of("https://approved.example.org"), configuration.getAllowedApiUrls(), user);
        }
        assertEquals(200, submitForged("admin"));
        assertEquals(List.of("https://evil.test"), configuration.getAllowedApiUrls());
    }

    /** Posts the form as an administrator's page would, whatever the user's page shows. */
    private int submitForged(String user) throws Exception {
        WebRequest request = new WebRequest(url("manage/configSubmit"), HttpMethod.POST);
        JSONObject json = new JSONObject()
                .accumulate(name(GlobalQuietPeriodConfiguration.class), Map.of("quietPeriod", "5"))
                .accumulate(name(GlobalSCMRetryCountConfiguration.class), Map.of("scmCheckoutRetryCount", "0"))
                .accumulate(
                        name(GlobalComputerRetentionCheckIntervalConfiguration.class),
                        Map.of("computerRetentionCheckInterval", 60))
                .accumulate(name(CachePurgeConfiguration.class), Map.of("allowedApiUrls", "https://evil.test"));
        request.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
        return status(user, request);
    }

    private static String name(Class<?> configuration) {
        return configuration.getName().replace('.', '-');
    }

    @Test
    void whatIsBelowAnApprovedUrlIsApprovedAndNothingElse() {
        CachePurgeConfiguration configuration = CachePurgeConfiguration.get();
        configuration.setAllowedApiUrls(List.of("https://a.example.org/base", "http://plain.example.org"));
        assertEquals("https://api.vendor.test", approve(null));
        assertEquals("https://api.vendor.test", approve("  "));
        for (String url : List.of(
                "https://API.vendor.test/",
                "https://api.vendor.test:443",
                "https://api.vendor.test/below",
                "https://eu.vendor.test/v1/x",
                "https://a.example.org/base/",
                "https://A.Example.org/base/below",
                "http://plain.example.org/x",
                " http://plain.example.org:80 ")) {
            assertEquals(ApiUrl.of(url.trim()).toString(), approve(url));
        }
        for (String url : List.of(
                "http://api.vendor.test",
                "https://eu.vendor.test",
                "https://eu.vendor.test/v10",
                "https://api.vendor.test:8443",
                "https://api.vendor.test.",
                "https://api.vendor.test@evil.test",
                "https://a.example.org",
                "https://a.example.org/baseless",
                "https://a.example.org/base/../x",
                "https://a.example.org/Base",
                "https://plain.example.org",
                "https://evil.test/https://api.vendor.test")) {
            assertThrows(InvalidInputException.class, () -> approve(url), url);
        }
        configuration.setAllowedApiUrls(List.of());
        assertThrows(InvalidInputException.class, () -> approve("http://plain.example.org"));
    }

    private static String approve(String url) {
        return CachePurgeConfiguration.get()
                .approvedVendorUrl("Vendor", VENDOR, url)
                .toString();
    }

    private int check(String user, HttpMethod method) throws Exception {
        String path =
                "descriptorByName/%s/checkAllowedApiUrls?value=x".formatted(CachePurgeConfiguration.class.getName());
        return status(user, new WebRequest(url(path), method));
    }

    private int status(String user, WebRequest request) throws Exception {
        JenkinsRule.WebClient client = client(user);
        if (request.getHttpMethod() == HttpMethod.POST) {
            client.addCrumb(request);
        }
        Page page = client.getPage(request);
        return page.getWebResponse().getStatusCode();
    }

    private String page(String user) throws Exception {
        return client(user).goTo("manage/configure").asXml();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        if (!clients.containsKey(user)) {
            JenkinsRule.WebClient client = j.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .withJavaScriptEnabled(false);
            // The page of a refusal leads on to the login, which would look like an answer.
            client.setRefreshHandler((page, url, seconds) -> {});
            clients.put(user, user.equals("anonymous") ? client : client.login(user));
        }
        return clients.get(user);
    }

    private URL url(String path) throws Exception {
        return new URL(j.getURL(), path);
    }
}
