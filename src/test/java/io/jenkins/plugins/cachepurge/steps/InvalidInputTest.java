package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;

/** What cannot be meant fails at once with a line that names the parameter, and nothing is sent. */
@ExtendWith(SharedJenkins.class)
class InvalidInputTest {

    private static final String UUID = "00000000-0000-4000-8000-000000000000";

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void nothingIsSentForAWrongParameter() throws Exception {
        Map<String, String> cases = new LinkedHashMap<>();
        addPaths(cases);
        addIds(cases);
        addLimits(cases);
        addNames(cases);
        addCredentials(cases);
        check(cases);
    }

    @Test
    void nothingIsSentToAnUrlThatNobodyApproved() throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of("https://api.example.org/base", services.buddyUrl()));
        String port = services.buddyUrl().substring(services.buddyUrl().lastIndexOf(':'));
        Map<String, String> cases = new LinkedHashMap<>();
        for (String url : List.of(
                services.scalewayUrl(),
                "http://localhost" + port,
                "http://[::1]" + port,
                "http://127.0.0.1",
                "https://127.0.0.1" + port,
                "https://api.example.org",
                "https://api.example.org/bas",
                "https://api.example.org/base2",
                "http://api.example.org/base",
                "https://api.example.org:8443/base",
                "https://api.example.org./base",
                "https://api.example.org.evil.test/base",
                "https://evil.test/api.example.org/base",
                "http://api.buddy.works",
                "https://API.BUDDY.WORKS.evil.test",
                "https://api.buddy.works.",
                "https://api.buddy.works:444",
                "https://api.scaleway.com")) {
            cases.put(buddy("apiUrl: '%s'".formatted(url)), "apiUrl: '");
        }
        for (String dots : List.of("..", "%2e%2e")) {
            cases.put(
                    buddy("apiUrl: 'https://api.example.org/base/%s/other'".formatted(dots)),
                    "apiUrl: must not contain the segments . and ..");
        }
        String inUrl = "apiUrl: must not contain a user name or password";
        cases.put(buddy("apiUrl: 'https://api.buddy.works@evil.test'"), inUrl);
        cases.put(buddy("apiUrl: 'https://user:hunter2@api.buddy.works'"), inUrl);
        cases.put(buddy("apiUrl: '%s'".formatted(services.buddyUrl().replace("//", "//u:hunter2@"))), inUrl);
        cases.put(buddy("apiUrl: 'https://api.buddy.works?x=y'"), "apiUrl: must not contain a query");
        cases.put(buddy("apiUrl: 'https://api.buddy.works#x'"), "apiUrl: must not contain a query");
        for (String url : List.of(
                "api.buddy.works",
                "//api.buddy.works",
                "ftp://api.buddy.works",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://")) {
            cases.put(buddy("apiUrl: '%s'".formatted(url)), "apiUrl: must be an absolute URL");
        }
        cases.put("cdnPurge cdn: SCW, all: true", "apiUrl: '");
        cases.put("cdnPurge cdn: GOTI, all: true", "apiUrl: '");
        cases.put("cdnPurge cdn: GOTI, all: true, dryRun: true", "apiUrl: '");
        cases.put("cdnPurgeHistory cdn: SCW", "apiUrl: '");
        cases.put("cdnPurgeStatus cdn: SCW, requestId: '%s'".formatted(UUID), "apiUrl: '");
        cases.put("pipelineClearStorage AT_FELDERA, pipeline: 'orders'", "apiUrl: '");
        cases.put("pipelineClearStorage apiUrl: FELDERA_URL, pipeline: 'orders'", "apiUrl: '");
        List<PipelineJobs.Attempt> attempts = check(cases);
        assertTrue(attempts.stream().noneMatch(attempt -> attempt.message().contains("hunter2")));
        assertTrue(
                attempts.get(0)
                        .message()
                        .endsWith("an administrator can approve it under Manage Jenkins » System » Cache Purge"),
                attempts.get(0).message());
    }

    @Test
    void anUncaughtOneIsOneLineOfTheConsole() throws Exception {
        WorkflowRun run = jobs.run(Result.FAILURE, "cdnPurge cdn: SCW, paths: ['index.html']");
        assertEquals(
                "paths: path 1 'index.html' must be a path from the root, such as /index.html, without scheme and host",
                PipelineJobs.error(run));
        WorkflowRun missing = jobs.run(
                Result.FAILURE,
                "buddyClearCache credentialsId: 'nowhere', workspace: 'a', project: 'b', pipelineId: 1, apiUrl: BUDDY_URL");
        assertEquals(
                "credentialsId: there are no credentials 'now…' that this job can use; use the id, not the secret, of a \"Secret text\" in the job's folder or in Jenkins",
                PipelineJobs.error(missing));
        for (String asking : List.of("Asking", "request")) {
            j.assertLogNotContains(asking, missing);
        }
        CachePurgeAction page = missing.getAction(CachePurgeAction.class);
        assertEquals(0, page.getOperations().get(0).getRequests());
        assertEquals(0, services.requests());
    }

    private List<PipelineJobs.Attempt> check(Map<String, String> cases) throws Exception {
        List<String> steps = List.copyOf(cases.keySet());
        List<PipelineJobs.Attempt> attempts = jobs.attempts(steps);
        List<Executable> checks = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            PipelineJobs.Attempt attempt = attempts.get(i);
            checks.add(() ->
                    assertTrue(attempt.message().startsWith(cases.get(step)), step + " said: " + attempt.message()));
            checks.add(() -> assertEquals("AbortException", attempt.exception(), step));
        }
        assertAll(checks);
        assertEquals(0, services.requests());
        return attempts;
    }

    private static void addPaths(Map<String, String> cases) {
        cases.put("cdnPurge cdn: SCW, paths: ['/a'], all: true", "paths: cannot be combined");
        cases.put("cdnPurge cdn: GOTI, paths: ['/a'], all: true, dryRun: true", "paths: cannot be combined");
        cases.put("cdnPurge cdn: SCW", "paths: is required");
        cases.put("cdnPurge cdn: GOTI, all: false", "paths: is required; Gotipath CDN takes one of: paths, ");
        cases.put("cdnPurge cdn: GOTI, dryRun: true", "paths: is required");
        cases.put("cdnPurge cdn: GOTI, paths: []", "paths: must name at least one");
        cases.put("cdnPurge cdn: SCW, paths: []", "paths: must name at least one");
        cases.put("cdnPurge cdn: SCW, paths: ''", "paths: must name at least one");
        cases.put("cdnPurge cdn: SCW, paths: '\\n \\r\\n'", "paths: must name at least one");
        cases.put("cdnPurge cdn: SCW, paths: [], tags: []", "paths: is required");
        cases.put("cdnPurge cdn: SCW, paths: [a: '/a']", "paths: must be a list, an array, a set, or a text");
        cases.put("cdnPurge cdn: SCW, paths: 5", "paths: path 1 '5' must be a path from the root");
        cases.put("cdnPurge cdn: SCW, paths: true", "paths: must be a list, an array, a set, or a text");
        cases.put("cdnPurge cdn: SCW, tags: [['a']]", "tags: must contain texts only");
        cases.put("cdnPurge cdn: SCW, urls: [true]", "urls: must contain texts only");
        cases.put("cdnPurge cdn: null, all: true", "cdn: is required");
        for (String path :
                List.of("index.html", "*", "//cdn.example.org/x", "https://cdn.example.org/x", "\\\\x", "?q", "#x")) {
            cases.put("cdnPurge cdn: SCW, paths: ['/fine', '%s']".formatted(path), "paths: path 2 '");
            cases.put("cdnPurge cdn: GOTI, paths: ['/fine', '%s']".formatted(path), "paths: path 2 '");
        }
        for (String invisible : List.of(
                "\\n", "\\r", "\\r\\nX-Evil: 1", "\\t", "\\u0000", "\\u007f", "\\u2028", "\\u202e", "\\u200b")) {
            cases.put("cdnPurge cdn: SCW, paths: ['/a%sb']".formatted(invisible), "paths: path 1 '/a?");
        }
        cases.put("cdnPurge cdn: SCW, paths: ['']", "paths: path 1 is empty");
        cases.put("cdnPurge cdn: SCW, paths: ['/a', '  ']", "paths: path 2 is empty");
    }

    private static void addIds(Map<String, String> cases) {
        for (String id :
                List.of("0", "-1", "'x'", "'2x'", "2.5", "'1e3'", "'٢'", "'9999999999999999999'", "'2/../3'", "true")) {
            cases.put(
                    "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', apiUrl: BUDDY_URL, pipelineId: "
                            + id,
                    "pipelineId: must be a number of at least 1, but was '");
            cases.put(
                    "buddyRunScheduled AT_BUDDY, executionId: " + id,
                    "executionId: must be a number of at least 1, but was '");
        }
        for (String id : List.of("''", "' '", "null")) {
            cases.put(
                    "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', apiUrl: BUDDY_URL, pipelineId: "
                            + id,
                    "pipelineId: is required");
        }
        for (String id :
                List.of("x", UUID + "0", UUID.substring(1), UUID.replace("-", ""), "../" + UUID, UUID + "/..")) {
            cases.put(
                    "cdnPurge cdn: scaleway(credentialsId: 'scw', apiUrl: SCALEWAY_URL, pipelineId: '%s'), all: true"
                            .formatted(id),
                    "pipelineId: must be a UUID");
            cases.put(
                    "cdnPurge cdn: gotipath(credentialsId: 'goti', apiUrl: GOTIPATH_URL, distributionId: '%s'), all: true"
                            .formatted(id),
                    "distributionId: must be a UUID");
            cases.put("cdnPurgeStatus cdn: SCW, requestId: '%s'".formatted(id), "requestId: must be a UUID");
        }
        cases.put("cdnPurgeStatus cdn: SCW, requestId: ''", "requestId: is required");
    }

    private static void addLimits(Map<String, String> cases) {
        for (String timeout : List.of("0", "-1", "2592001", "-2147483648")) {
            String wrong = "timeout: must be a number from 1 to 2592000, but was ";
            cases.put("buddyClearCache AT_BUDDY, timeout: " + timeout, wrong);
            cases.put("buddyRunScheduled AT_BUDDY, executionId: 4, timeout: " + timeout, wrong);
            cases.put("cdnPurge cdn: SCW, all: true, timeout: " + timeout, wrong);
            cases.put("cdnPurge cdn: SCW, all: true, dryRun: true, timeout: " + timeout, wrong);
            cases.put("cdnPurgeHistory cdn: SCW, timeout: " + timeout, wrong);
            cases.put("cdnPurgeStatus cdn: SCW, requestId: '%s', timeout: %s".formatted(UUID, timeout), wrong);
            cases.put("pipelineClearStorage AT_FELDERA, pipeline: 'orders', timeout: " + timeout, wrong);
        }
        for (String number : List.of("0", "-1", "1001")) {
            cases.put(
                    "cdnPurgeHistory cdn: SCW, limit: " + number,
                    "limit: must be a number from 1 to 1000, but was " + number);
            String wrong = "pathsPerRequest: must be a number from 1 to 1000, but was " + number;
            cases.put(
                    "cdnPurge cdn: scaleway(credentialsId: 'scw', apiUrl: SCALEWAY_URL, pipelineId: SCALEWAY_PIPELINE, pathsPerRequest: %s), paths: ['/a']"
                            .formatted(number),
                    wrong);
            cases.put(
                    "cdnPurge cdn: gotipath(credentialsId: 'goti', apiUrl: GOTIPATH_URL, distributionId: DISTRIBUTION, pathsPerRequest: %s), paths: ['/a']"
                            .formatted(number),
                    wrong);
        }
        cases.put("cdnPurgeHistory cdn: SCW, order: 'DESC'", "order: must be 'desc' or 'asc', but was 'DESC'");
        cases.put("cdnPurgeHistory cdn: SCW, order: ''", "order: must be");
        cases.put("cdnPurgeHistory cdn: GOTI", "cdn: Gotipath CDN does not list earlier purges");
        cases.put(
                "cdnPurgeStatus cdn: GOTI, requestId: '%s'".formatted(UUID),
                "cdn: Gotipath CDN does not list earlier purges");
    }

    private static void addNames(Map<String, String> cases) {
        for (String name : List.of("a/b", ".", "..", "../b", "a\\nb")) {
            cases.put("pipelineClearStorage AT_FELDERA, pipeline: '%s'".formatted(name), "pipeline: must ");
        }
        cases.put("pipelineClearStorage AT_FELDERA, pipeline: ''", "pipeline: is required");
        cases.put(
                "pipelineClearStorage AT_FELDERA, pipeline: 'orders', tenant: 'a\\r\\nX-Evil: 1'",
                "tenant: must not contain line breaks");
        cases.put("pipelineClearStorage AT_FELDERA, pipeline: 'orders', tenant: 'a b'", "tenant: must be letters");
        for (String name : List.of("a/b", ".", "..", "a\\nb")) {
            cases.put(
                    "buddyClearCache credentialsId: 'buddy', workspace: '%s', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL"
                            .formatted(name),
                    "workspace: must ");
            cases.put(
                    "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: '%s', pipelineId: 2, apiUrl: BUDDY_URL"
                            .formatted(name),
                    "project: must ");
        }
        cases.put(
                "buddyClearCache credentialsId: 'buddy', workspace: '', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL",
                "workspace: is required");
        cases.put(
                "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: ' ', pipelineId: 2, apiUrl: BUDDY_URL",
                "project: is required");
        cases.put(
                "cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL, type: 'all'), paths: ['/a']",
                "type: ");
    }

    private static void addCredentials(Map<String, String> cases) {
        cases.put(buddy("apiUrl: BUDDY_URL").replace("'buddy'", "''"), "credentialsId: is required");
        cases.put(buddy("apiUrl: BUDDY_URL").replace("'buddy'", "null"), "credentialsId: is required");
        cases.put(
                buddy("apiUrl: BUDDY_URL").replace("'buddy'", "'goti'"),
                "credentialsId: 'goti' is of the type Gotipath API credentials, but a \"Secret text\" is needed");
        cases.put(
                "cdnPurge cdn: gotipath(credentialsId: 'scw', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true",
                "credentialsId: 'scw' is of the type Secret text, but \"Gotipath API credentials\" is needed");
        cases.put(
                "cdnPurge cdn: gotipath(credentialsId: 'x', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true",
                "credentialsId: there are no credentials 'x'");
        cases.put(
                "cdnPurge cdn: scaleway(credentialsId: 'x\\ny', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), all: true",
                "credentialsId: must be the id of credentials, without line breaks");
        cases.put(
                "cdnPurge cdn: gotipath(credentialsId: 'scw', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true, dryRun: true",
                "credentialsId: 'scw' is of the type Secret text, but \"Gotipath API credentials\" is needed");
        cases.put(
                "cdnPurge cdn: gotipath(credentialsId: 'x', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), paths: ['/a'], dryRun: true",
                "credentialsId: there are no credentials 'x'");
        cases.put(
                "pipelineClearStorage credentialsId: 'x', apiUrl: FELDERA_URL, pipeline: 'orders'",
                "credentialsId: there are no credentials 'x'");
    }

    private static String buddy(String more) {
        return "buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, " + more;
    }
}
