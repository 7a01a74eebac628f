package io.jenkins.plugins.cachepurge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What the forms refuse stops Configuration as Code as well. */
@ExtendWith(SharedJenkins.class)
class UnusableConfigurationAsCodeTest {

    @Test
    void anUrlThatCannotBeApprovedStopsTheConfiguration(JenkinsRule j, @TempDir Path directory) throws Exception {
        Path wrong = Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified: {cachePurge: {allowedApiUrls: ['feldera.example.org']}}");
        ConfiguratorException problem = assertThrows(
                ConfiguratorException.class, () -> ConfigurationAsCode.get().configure(wrong.toString()));
        assertTrue(
                messages(problem)
                        .contains(
                                "allowedApiUrls: must be an absolute URL, such as https://api.example.org, but was 'feldera.example.org'"),
                messages(problem));
        assertEquals(List.of(), CachePurgeConfiguration.get().getAllowedApiUrls());
    }

    @Test
    void limitThatCannotBeUsedStopsTheConfiguration(JenkinsRule j, @TempDir Path directory) throws Exception {
        for (String limit : List.of(
                "{url: 'https://api.example.org', maxConcurrent: 0}",
                "{url: 'https://api.example.org', maxConcurrent: 65}",
                "{url: 'api.example.org', maxConcurrent: 6}")) {
            Path wrong = Files.writeString(
                    directory.resolve("jenkins.yaml"),
                    "unclassified: {cachePurge: {concurrency: [%s]}}".formatted(limit));
            assertThrows(Exception.class, () -> ConfigurationAsCode.get().configure(wrong.toString()), limit);
            assertEquals(List.of(), CachePurgeConfiguration.get().getConcurrency());
        }
    }

    private static String messages(Throwable problem) {
        return problem == null ? "" : problem.getMessage() + "\n" + messages(problem.getCause());
    }
}
