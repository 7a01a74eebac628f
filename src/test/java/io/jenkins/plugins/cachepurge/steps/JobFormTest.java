package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.AzureFrontDoorProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CloudFrontProvider;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.HttpCacheProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.kohsuke.stapler.verb.POST;

/** What a form tells to whom: nothing about credentials or input to somebody who could not use it. */
@ExtendWith(SharedJenkins.class)
class JobFormTest {

    /** One that no field takes. */
    private static final String WRONG = "value=a%2F%0Ab";

    private final SimulatedServices services = new SimulatedServices();
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private JenkinsRule j;
    private String job;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
        job = new PipelineJobs(j, services).create("echo 'x'").getUrl();
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("looker")
                .grant(Jenkins.READ, Item.READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user")
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

    private record Question(Descriptor<?> descriptor, Method method) {
        String path() {
            String name = method.getName().substring("do".length());
            return "descriptorByName/%s/%s%s"
                    .formatted(descriptor.getId(), name.substring(0, 1).toLowerCase(Locale.ROOT), name.substring(1));
        }
    }

    private List<Question> questions(String prefix) {
        List<Descriptor<?>> all = new ArrayList<>(j.jenkins.getDescriptorList(CdnProvider.class));
        StepDescriptor.all().stream()
                .filter(each -> each.clazz.getPackage() == CdnPurgeStep.class.getPackage())
                .forEach(all::add);
        return all.stream()
                .flatMap(each -> Stream.of(each.getClass().getMethods())
                        .filter(method -> method.getName().startsWith(prefix) && !method.isBridge())
                        .filter(method ->
                                method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.cachepurge"))
                        .map(method -> new Question(each, method)))
                .toList();
    }

    @Test
    void nothingIsAnsweredToAGet() throws Exception {
        List<Executable> checks = new ArrayList<>();
        for (Question question : questions("do")) {
            checks.add(() -> assertTrue(question.method().isAnnotationPresent(POST.class), question.toString()));
            checks.add(() -> assertEquals(
                    404,
                    ask("admin", HttpMethod.GET, job + question.path() + "?" + WRONG)
                            .getStatusCode(),
                    question.toString()));
        }
        assertTrue(checks.size() > 50, "%d checks".formatted(checks.size()));
        assertAll(checks);
    }

    @Test
    void onlyWhoMayConfigureIsToldWhatIsWrong() {
        List<Executable> checks = new ArrayList<>();
        for (Question question : questions("doCheck")) {
            String path = question.path() + "?" + WRONG;
            for (String user : List.of("admin", "configurer")) {
                checks.add(() -> assertTrue(post(user, job + path).contains("error"), user + " " + path));
            }
            for (String user : List.of("looker", "user", "reader")) {
                checks.add(() -> assertFalse(post(user, job + path).contains("error"), user + " " + path));
            }
            for (String user : List.of("nobody", "anonymous")) {
                checks.add(() -> assertTrue(status(user, job + path) >= 403, user + " " + path));
            }
            checks.add(() -> assertTrue(post("admin", path).contains("error"), "admin " + path));
            for (String user : List.of("configurer", "reader")) {
                checks.add(() -> assertFalse(post(user, path).contains("error"), user + " outside of a job " + path));
            }
            checks.add(() -> assertFalse(post("admin", job + path).contains("\n"), path));
        }
        assertAll(checks);
    }

    /** Only a build knows the values of variables. What is set up outside of jobs has none. */
    @Test
    void variablesAreForJobsAndCannotBeTested() throws Exception {
        String scaleway = "descriptorByName/" + ScalewayProvider.class.getName() + "/";
        String test = scaleway + "testConnection?credentialsId=scw&pipelineId=%24ID&apiUrl=";
        String said = post("configurer", job + test);
        assertTrue(said.contains("A field with a variable can be tested in a build only."), said);
        assertTrue(
                post("admin", test).contains("Pipeline ID: has a variable that was not replaced"), "outside of jobs");
        String check = scaleway + "checkPipelineId?value=%24ID";
        assertFalse(post("configurer", job + check).contains("error"));
        assertTrue(post("admin", check).contains("error"), "outside of jobs");
    }

    @Test
    void onlyWhoMayUseCredentialsIsToldOfThem() throws Exception {
        List<Question> fills = questions("doFillCredentialsId");
        assertTrue(fills.size() >= 15, "%d lists".formatted(fills.size()));
        SimulatedServices.add(
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "basic", "", "purger", "a password"));
        List<Executable> checks = new ArrayList<>();
        for (Question question : fills) {
            String path = question.path() + "?credentialsId=the-present-one";
            Set<String> listed = wanted(question.descriptor());
            Set<String> others = new HashSet<>(Set.of("\"goti\"", "\"scw\"", "\"basic\""));
            others.removeAll(listed);
            for (String user : List.of("admin", "configurer", "looker", "user")) {
                checks.add(() -> assertLists(listed, post(user, job + path), user + " " + path));
            }
            checks.add(() -> assertLists(listed, post("admin", path), "admin " + path));
            others.forEach(other ->
                    checks.add(() -> assertFalse(post("admin", path).contains(other), path + other)));
            for (String place : List.of(job, "")) {
                checks.add(() -> assertOnlyThePresentOne(post("reader", place + path)));
            }
            checks.add(() -> assertOnlyThePresentOne(post("configurer", path)));
            checks.add(() -> assertTrue(status("nobody", job + path) >= 403));
            checks.add(() -> assertTrue(status("anonymous", path) >= 403));
        }
        assertAll(checks);
    }

    private static void assertLists(Set<String> ids, String list, String message) {
        ids.forEach(id -> assertTrue(list.contains(id), message + " " + id));
    }

    /** One of each type that a form asks for. */
    private static Set<String> wanted(Descriptor<?> descriptor) {
        if (descriptor.isSubTypeOf(GotipathProvider.class)) {
            return Set.of("\"goti\"");
        }
        if (descriptor.isSubTypeOf(HttpCacheProvider.class) || descriptor.isSubTypeOf(CdnVerifyStep.class)) {
            return Set.of("\"basic\"");
        }
        boolean secretOrKeys = descriptor.isSubTypeOf(CloudFrontProvider.class)
                || descriptor.isSubTypeOf(AzureFrontDoorProvider.class);
        return secretOrKeys ? Set.of("\"scw\"", "\"basic\"") : Set.of("\"scw\"");
    }

    /** Credentials of a domain are offered for an URL of that domain. */
    @Test
    void whatIsListedDependsOnTheApiUrl() throws Exception {
        CredentialsProvider.lookupStores(j.jenkins)
                .iterator()
                .next()
                .addDomain(
                        new Domain("vendor", "", List.of(new HostnameSpecification("feldera.example.org", null))),
                        SimulatedServices.secretText("of-the-domain", "x"));
        String path = job
                + "descriptorByName/%s/fillCredentialsIdItems?apiUrl="
                        .formatted(PipelineClearStorageStep.class.getName());
        assertTrue(post("configurer", path + "https://feldera.example.org").contains("of-the-domain"));
        assertFalse(post("configurer", path + "https://other.example.org").contains("of-the-domain"));
        assertTrue(post("configurer", path + "https://other.example.org").contains("feldera"));
    }

    private static void assertOnlyThePresentOne(String answer) {
        assertTrue(answer.contains("the-present-one"), answer);
        for (String id : List.of("\"goti\"", "\"scw\"", "\"buddy\"", "\"feldera\"")) {
            assertFalse(answer.contains(id), answer);
        }
    }

    private String post(String user, String path) throws Exception {
        WebResponse response = ask(user, HttpMethod.POST, path);
        assertEquals(200, response.getStatusCode(), user + " " + path);
        return response.getContentAsString();
    }

    private int status(String user, String path) throws Exception {
        return ask(user, HttpMethod.POST, path).getStatusCode();
    }

    private WebResponse ask(String user, HttpMethod method, String path) throws Exception {
        JenkinsRule.WebClient client = clients.containsKey(user) ? clients.get(user) : client(user);
        WebRequest request = new WebRequest(new URL(j.getURL(), path), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.loadWebResponse(request);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client =
                j.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
        clients.put(user, user.equals("anonymous") ? client : client.login(user));
        return clients.get(user);
    }
}
