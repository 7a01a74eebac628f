package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Util;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Looks for secrets where none may be. */
public record SecretLeakCheck(JenkinsRule j) {

    /** Neither raw nor encoded, in any file and page of a build and its job. */
    public void assertNone(WorkflowRun run, String secret) throws Exception {
        List<Path> files;
        Path directory = run.getParent().getRootDir().toPath();
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertTrue(files.stream().anyMatch(file -> file.endsWith("build.xml")), files.toString());
        for (Path file : files) {
            assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), secret);
        }
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        for (String page : List.of(
                "consoleText", "api/json?depth=3", "api/xml?depth=3", "", "console", "flowGraphTable/", "replay/")) {
            String type = page.startsWith("api/json")
                    ? "application/json"
                    : page.startsWith("api/xml")
                            ? "application/xml"
                            : page.equals("consoleText") ? "text/plain" : "text/html";
            assertClean(
                    page,
                    client.goTo(run.getUrl() + page, type).getWebResponse().getContentAsString(),
                    secret);
        }
        assertClean(
                "config.xml",
                client.goTo(run.getParent().getUrl() + "config.xml", "application/xml")
                        .getWebResponse()
                        .getContentAsString(),
                secret);
    }

    private static void assertClean(String where, String text, String secret) {
        for (String form : forms(secret)) {
            assertFalse(text.contains(form), () -> "%s holds %s: %s".formatted(where, form, text));
        }
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
