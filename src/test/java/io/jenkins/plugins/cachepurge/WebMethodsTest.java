package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Item;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Everything of the plugin that an URL leads to, tried by everybody in every way. */
@ExtendWith(SharedJenkins.class)
class WebMethodsTest {

    /** All there are: whoever adds one has to say here what it is. */
    private static final String FORMS = """
            AkamaiApiCredentials: CheckHost
            AkamaiProvider: CheckAccountSwitchKey CheckCpCodes FillCredentialsIdItems FillNetworkItems TestConnection
            AzureFrontDoorProvider: CheckApiUrl CheckClientId CheckDomains CheckEndpoint CheckLoginUrl CheckProfile CheckResourceGroup CheckSubscriptionId CheckTenantId FillCredentialsIdItems TestConnection
            BuddyClearCacheStep: CheckApiUrl CheckPipelineId CheckProject CheckTimeout CheckWorkspace FillCredentialsIdItems TestConnection
            BuddyDistributionProvider: CheckApiUrl CheckDistributionId CheckProject CheckRouteId CheckWorkspace FillCredentialsIdItems TestConnection
            BuddyRunScheduledStep: CheckApiUrl CheckExecutionId CheckPipelineId CheckProject CheckTimeout CheckWorkspace FillCredentialsIdItems TestConnection
            BunnyProvider: CheckApiUrl CheckPullZoneId FillCredentialsIdItems TestConnection
            CachePurgeConfiguration: CheckAgentApiUrls CheckAllowedApiUrls
            CdnChangesStep: CheckTimeout
            CdnPurgeHistoryStep: CheckLimit CheckTimeout FillOrderItems
            CdnPurgeStatusStep: CheckTimeout
            CdnPurgeStep: CheckLines CheckTimeout CheckVerifyAtMost
            CdnVerifyStep: CheckDir CheckEtag CheckFile CheckHeaderLines CheckNewerThan CheckPathLines CheckRequestHeaderLines CheckSha256 CheckStatus CheckTimeout CheckTimes CheckUrlLines FillCredentialsIdItems FillSiteItems FillViaItems
            ChangeListsAction: getDynamic
            ChangedFiles: CheckBase CheckDir CheckFoldAbove CheckIndex CheckUrl FillFirstItems
            CloudFrontProvider: CheckApiUrl CheckDistributionId CheckExternalId CheckRoleArn CheckStsUrl CheckTenantId FillCredentialsIdItems TestConnection
            CloudflareProvider: CheckApiUrl CheckUrlsPerRequest CheckZoneId FillCredentialsIdItems TestConnection
            ConcurrencyLimit: CheckMaxConcurrent CheckUrl
            FastlyProvider: CheckApiUrl CheckServiceId FillCredentialsIdItems TestConnection
            GcoreProvider: CheckApiUrl CheckResourceId FillCredentialsIdItems TestConnection
            GoogleCdnProvider: CheckApiUrl CheckProject CheckServiceAccount CheckUrlMap CheckWorkloadIdentityProvider FillCredentialsIdItems TestConnection
            GotipathProvider: CheckApiUrl CheckDistributionId CheckPathsPerRequest CheckType FillCredentialsIdItems TestConnection
            JobPurgesAction: Reset
            KeyCdnProvider: CheckApiUrl CheckZoneId FillCredentialsIdItems TestConnection
            NginxProvider: CheckAddresses CheckCredentialsHeader CheckHeaders CheckHost CheckUrls FillCertificateItems FillCredentialsIdItems FillNotCachedItems FillViaItems
            PipelineClearStorageStep: CheckApiUrl CheckPipeline CheckTenant CheckTimeout FillCertificateItems FillCredentialsIdItems FillViaItems TestConnection
            ScalewayProvider: CheckApiUrl CheckPathsPerRequest CheckPipelineId FillCredentialsIdItems TestConnection
            Site: CheckFolders CheckName CheckUrls
            SiteProvider: CheckName FillNameItems
            SquidProvider: CheckAddresses CheckCredentialsHeader CheckHeaders CheckHost CheckUrls FillCertificateItems FillCredentialsIdItems FillNotCachedItems FillViaItems
            TrafficServerProvider: CheckAddresses CheckCredentialsHeader CheckHeaders CheckHost CheckUrls FillCertificateItems FillCredentialsIdItems FillNotCachedItems FillViaItems
            VarnishProvider: CheckAddresses CheckCredentialsHeader CheckHeaders CheckHost CheckUrls FillCertificateItems FillCredentialsIdItems FillDialectItems FillNotCachedItems FillViaItems
            """;

    private static final List<String> USERS = List.of("admin", "configurer", "reader", "nobody", "anonymous");

    private final SimulatedServices services = new SimulatedServices();
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private JenkinsRule j;
    private WorkflowRun run;

    @BeforeEach
    void letABuildRun(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
        run = new PipelineJobs(j, services).succeed("buddyClearCache AT_BUDDY");
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody"));
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    /** @param owner the class that an URL leads to, which may have inherited it */
    private record Web(Class<?> owner, String method) {

        String place() {
            return owner.getName()
                    .substring(owner.getPackageName().length() + 1)
                    .replace("$DescriptorImpl", "");
        }

        boolean tests() {
            return method.equals("doTestConnection");
        }

        /** Outside of a job only an administrator gets as far as an answer that tells something. */
        String path() {
            String name = method.substring("do".length());
            return "descriptorByName/%s/%s%s"
                    .formatted(
                            owner.getName().replaceFirst("\\$DescriptorImpl$", ""),
                            name.substring(0, 1).toLowerCase(Locale.ROOT),
                            name.substring(1));
        }
    }

    private static List<Web> webMethods() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(WebMethodsTest.class.getPackageName())
                        .stream()
                        .filter(each -> !each.getModifiers().contains(JavaModifier.ABSTRACT))
                        .flatMap(each -> each.getAllMethods().stream()
                                .filter(WebMethodsTest::answers)
                                .map(method -> new Web(each.reflect(), method.getName())))
                        .distinct()
                        .toList();
    }

    private static boolean answers(JavaMethod method) {
        return method.getOwner().getPackageName().startsWith(WebMethodsTest.class.getPackageName())
                && method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (method.getName().matches("do[A-Z].*")
                        || method.isAnnotatedWith("org.kohsuke.stapler.WebMethod")
                        || method.getName().equals("getDynamic"));
    }

    @Test
    void theseAreAllThereAre() {
        Map<String, Set<String>> found = new TreeMap<>();
        webMethods()
                .forEach(web -> found.computeIfAbsent(web.place(), place -> new TreeSet<>())
                        .add(web.method().replaceFirst("^do", "")));
        StringBuilder text = new StringBuilder();
        found.forEach((place, methods) -> text.append(place)
                .append(": ")
                .append(String.join(" ", methods))
                .append("\n"));
        assertEquals(FORMS, text.toString());
    }

    @Test
    void nothingAnswersToAGetOrWithoutACrumb() {
        List<Executable> checks = new ArrayList<>();
        int before = services.requests();
        for (Web web : webMethods()) {
            for (String place : List.of("", run.getParent().getUrl())) {
                for (String user : USERS) {
                    String what = user + " " + place + web.path();
                    checks.add(() -> assertTrue(status(user, HttpMethod.GET, place + web.path(), false) >= 403, what));
                    checks.add(() -> assertEquals(403, status(user, HttpMethod.POST, place + web.path(), false), what));
                }
            }
        }
        assertTrue(checks.size() > 300, "%d checks".formatted(checks.size()));
        assertAll(checks);
        assertEquals(before, services.requests());
    }

    @Test
    void onlyWhoMayConfigureTestsAConnection() {
        List<Executable> checks = new ArrayList<>();
        for (Web web : webMethods().stream().filter(Web::tests).toList()) {
            String job = run.getParent().getUrl() + web.path();
            for (String user : List.of("reader", "nobody", "anonymous")) {
                checks.add(() -> assertTrue(status(user, HttpMethod.POST, job, true) >= 403, user + job));
                checks.add(() -> assertTrue(status(user, HttpMethod.POST, web.path(), true) >= 403, user + job));
            }
            checks.add(() -> assertTrue(status("configurer", HttpMethod.POST, web.path(), true) >= 403, job));
            for (String user : List.of("admin", "configurer")) {
                checks.add(() -> assertEquals(200, status(user, HttpMethod.POST, job, true), user + job));
            }
        }
        assertTrue(checks.size() > 40, "%d checks".formatted(checks.size()));
        int before = services.requests();
        assertAll(checks);
        assertEquals(before, services.requests(), "none of them says where to");
    }

    /** The one page of its own belongs to the build, and tells nobody more than the build does. */
    @Test
    void theReportIsForWhoMayReadTheJob() throws Exception {
        assertEquals(
                Set.of(
                        "box.jelly",
                        "index.jelly",
                        "list.jelly",
                        "live.jelly",
                        "liveList.jelly",
                        "summary.jelly",
                        "table.jelly"),
                views(CachePurgeAction.class),
                "views that an URL leads to");
        for (String view : List.of("box", "list", "live", "liveList", "table", "api/json", "")) {
            String path = run.getUrl() + "cache-purge/" + view;
            for (String user : List.of("nobody", "anonymous")) {
                int status = status(user, HttpMethod.GET, path, false);
                assertTrue(status == 403 || status == 404, user + " " + path + " " + status);
            }
        }
        for (String user : List.of("admin", "configurer", "reader")) {
            assertEquals(200, status(user, HttpMethod.GET, run.getUrl() + "cache-purge/live", false), user);
        }
        assertEquals(
                403, status("admin", HttpMethod.POST, run.getUrl() + "cache-purge/live", false), "without a crumb");
    }

    @Test
    void theConfigurationIsSavedForAdministratorsWithACrumbOnly() throws Exception {
        List<String> urls = CachePurgeConfiguration.get().getAllowedApiUrls();
        assertEquals(4, urls.size());
        for (String user : USERS) {
            for (boolean crumb : new boolean[] {true, false}) {
                if (!user.equals("admin") || !crumb) {
                    assertTrue(
                            status(user, HttpMethod.POST, "manage/configSubmit", crumb) >= 403,
                            user + " with a crumb: " + crumb);
                }
            }
            assertTrue(status(user, HttpMethod.GET, "manage/configSubmit", false) >= 400, user);
        }
        assertEquals(urls, CachePurgeConfiguration.get().getAllowedApiUrls());
    }

    private static Set<String> views(Class<?> of) throws Exception {
        URL folder = of.getResource(of.getSimpleName() + "/live.jelly");
        return Stream.of(java.nio.file.Path.of(folder.toURI())
                        .getParent()
                        .toFile()
                        .list())
                .filter(name -> name.endsWith(".jelly"))
                .collect(Collectors.toSet());
    }

    private int status(String user, HttpMethod method, String path, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = clients.containsKey(user) ? clients.get(user) : client(user);
        WebRequest request = new WebRequest(new URL(j.getURL(), path), method);
        List<NameValuePair> parameters = new ArrayList<>(List.of(
                new NameValuePair("value", "https://example.org"),
                new NameValuePair("credentialsId", "none"),
                new NameValuePair("json", "{\"allowedApiUrls\": \"\"}")));
        request.setRequestParameters(parameters);
        if (crumb) {
            client.addCrumb(request);
        }
        return client.loadWebResponse(request).getStatusCode();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client =
                j.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
        clients.put(user, user.equals("anonymous") ? client : client.login(user));
        return clients.get(user);
    }
}
