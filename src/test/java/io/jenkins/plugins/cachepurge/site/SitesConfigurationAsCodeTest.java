package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.cdn.FastlyProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Sites that Configuration as Code sets, and exports again. */
@WithJenkins
class SitesConfigurationAsCodeTest extends AbstractRoundTripTest {

    @Override
    protected String configResource() {
        return "sites.yaml";
    }

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule j, String yaml) {
        List<Site> sites = SitesConfiguration.get().getSites();
        assertEquals(
                List.of("www", "docs.example"),
                sites.stream().map(Site::getName).toList());
        Site www = sites.get(0);
        assertEquals(List.of("https://www.example.org", "https://example.org"), www.getUrls());
        assertEquals(List.of("varnish", "fastly"), www.layerNames());
        VarnishProvider varnish = (VarnishProvider) www.getLayers().get(0);
        assertEquals(List.of("http://varnish-1.internal:6081", "http://varnish-2.internal:6081"), varnish.getUrls());
        assertEquals("varnish", varnish.getCredentialsId());
        assertEquals("X-Purge-Token", varnish.getCredentialsHeader());
        assertEquals(List.of("X-Forwarded-Proto: https"), varnish.getHeaders());
        assertEquals("ok", varnish.getNotCached());
        assertEquals("shopware", varnish.getDialect());
        assertEquals("SU1Z0isxPaozGVKXdv0eY", ((FastlyProvider) www.getLayers().get(1)).getServiceId());
        assertEquals(List.of("shop", "team/web"), www.getFolders());
        assertNull(sites.get(1).getFolders());
    }

    @Override
    protected String stringInLogExpected() {
        return "Setting class io.jenkins.plugins.cachepurge.site.Site.name = www";
    }

    @Test
    void exportConfiguresTheSame(JenkinsRule j, @TempDir Path directory) throws Exception {
        ConfigurationAsCode casc = ConfigurationAsCode.get();
        casc.configure(getClass().getResource("sites.yaml").toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        casc.export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        int begin = exported.indexOf("  cachePurgeSites:");
        String rest = exported.substring(begin + 1);
        String part = "unclassified:\n " + rest.split("\n  \\w|\n\\w", 2)[0] + "\n";
        SitesConfiguration.get().setSites(List.of());
        casc.configure(
                Files.writeString(directory.resolve("jenkins.yaml"), part).toString());
        assertConfiguredAsExpected(j, part);
    }

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
