package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Util;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Looks for secrets where none may be. */
public record SecretLeakCheck(JenkinsRule j) {

    /** Neither raw nor encoded, in any file and page of a build and its job. */
    public void assertNone(WorkflowRun run, String secret) throws Exception {
        assertNone(run, List.of(secret));
    }

    /** The same of several secrets. */
    public void assertNone(WorkflowRun run, List<String> secrets) throws Exception {
        List<Path> files;
        Path directory = run.getParent().getRootDir().toPath();
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertTrue(files.stream().anyMatch(file -> file.endsWith("build.xml")), files.toString());
        for (Path file : files) {
            assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), secrets);
        }
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        for (String page : List.of(
                "consoleText", "api/json?depth=3", "api/xml?depth=3", "", "console", "flowGraphTable/", "replay/")) {
            String type = page.startsWith("api/json")
                    ? "application/json"
                    : page.startsWith("api/xml")
                            ? "application/xml"
                            : page.equals("consoleText") ? "text/plain" : "text/html";
            assertClean(page, content(client, run.getUrl() + page, type), secrets);
        }
        assertClean("config.xml", content(client, run.getParent().getUrl() + "config.xml", "application/xml"), secrets);
    }

    /** What the server sends; nobody looks at the page itself. */
    private String content(JenkinsRule.WebClient client, String path, String type) throws Exception {
        WebResponse response = client.loadWebResponse(new WebRequest(new URL(j.getURL(), path)));
        assertEquals(200, response.getStatusCode(), path);
        assertEquals(type, response.getContentType(), path);
        return response.getContentAsString();
    }

    private static void assertClean(String where, String text, List<String> secrets) {
        secrets.stream()
                .flatMap(secret -> forms(secret).stream())
                .forEach(
                        form -> assertFalse(text.contains(form), () -> "%s holds %s: %s".formatted(where, form, text)));
    }

    private static List<String> forms(String secret) {
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        String bearer = Base64.getEncoder().encodeToString(("Bearer " + secret).getBytes(StandardCharsets.UTF_8));
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Util.rawEncode(secret),
                Util.xmlEscape(secret),
                Util.escape(secret),
                base64.substring(0, base64.length() - 4),
                bearer.substring(12, bearer.length() - 4));
    }
}
