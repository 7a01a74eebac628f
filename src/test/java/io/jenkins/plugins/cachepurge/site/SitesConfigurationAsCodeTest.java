package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cachepurge.cdn.FastlyProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
