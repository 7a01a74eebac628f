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

    private static final String FIRST =
            "{name: 'first', urls: ['https://first.example.org'], layers: [varnish: {url: 'http://a'}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: 'w w', urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]} | site 'w w': name: must be letters, digits, - and ., beginning with a letter or digit, such as www, but was 'w w'
                    {name: '..', urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]}  | site '..': name: must be letters, digits, - and ., beginning with a letter or digit, such as www, but was '..'
                    {name: '-', urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]}   | site '-': name: must be letters, digits, - and ., beginning with a letter or digit, such as www, but was '-'
                    {urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]}              | site 2: name: is required
                    {name: 'www', layers: [varnish: {url: 'http://a'}]}                                    | site 'www': urls: is required
                    {name: 'www', urls: ['www.example.org'], layers: [varnish: {url: 'http://a'}]}         | site 'www': urls: must be the URL of a site without a path, such as https://www.example.org, but was 'www.example.org'
                    {name: 'www', urls: ['https://*.example.org'], layers: [varnish: {url: 'http://a'}]}   | site 'www': urls: must not contain *; a URL includes those below it, and each host needs one of its own, but was 'https://*.example.org'
                    {name: 'www', urls: ['https://www.example.org'], layers: []}                           | site 'www': layers: must have at least one layer
                    {name: 'www', urls: ['https://www.example.org'], layers: [site: {name: 'www'}]}        | site 'www': layers: must not contain another site
                    {name: 'first', urls: ['https://www.example.org'], layers: [varnish: {url: 'http://a'}]} | site 'first': name: there are two sites 'first'; each needs a name of its own
                    """)
    void siteThatCannotBeUsedStopsTheConfiguration(String site, String message, JenkinsRule j, @TempDir Path directory)
            throws Exception {
        Path wrong = Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified: {cachePurgeSites: {sites: [%s, %s]}}".formatted(FIRST, site));
        ConfiguratorException problem = assertThrows(
                ConfiguratorException.class, () -> ConfigurationAsCode.get().configure(wrong.toString()));
        assertTrue(messages(problem).contains(message), messages(problem));
        assertEquals(List.of(), SitesConfiguration.get().getSites());
    }

    private static String messages(Throwable problem) {
        return problem == null ? "" : problem.getMessage() + "\n" + messages(problem.getCause());
    }
}
