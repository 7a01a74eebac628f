package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Sites that Configuration as Code refuses. */
@ExtendWith(SharedJenkins.class)
class UnusableSitesAsCodeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: 'w w', urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]} | name: must be letters, digits, - and ., such as www, but was 'w w'
                    {name: 'www', urls: ['www.example.org'], layers: [varnish: {url: 'http://a'}]}         | urls: must be the URL of a site without a path, such as https://www.example.org, but was 'www.example.org'
                    {name: 'www', urls: ['https://www.example.org'], layers: []}                           | layers: must have at least one layer
                    {name: 'www', urls: ['https://www.example.org'], layers: [site: {name: 'www'}]}        | layers: must not contain another site
                    """)
    void siteThatCannotBeUsedStopsTheConfiguration(String site, String message, JenkinsRule j, @TempDir Path directory)
            throws Exception {
        Path wrong = Files.writeString(
                directory.resolve("jenkins.yaml"), "unclassified: {cachePurgeSites: {sites: [%s]}}".formatted(site));
        ConfiguratorException problem = assertThrows(
                ConfiguratorException.class, () -> ConfigurationAsCode.get().configure(wrong.toString()));
        assertTrue(messages(problem).contains(message), messages(problem));
        assertEquals(List.of(), SitesConfiguration.get().getSites());
    }

    private static String messages(Throwable problem) {
        return problem == null ? "" : problem.getMessage() + "\n" + messages(problem.getCause());
    }
}
