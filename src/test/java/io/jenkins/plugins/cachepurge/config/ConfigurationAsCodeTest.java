package io.jenkins.plugins.cachepurge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.cachepurge.credentials.AkamaiApiCredentials;
import io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the forms set can be set by Configuration as Code, and is exported again. */
@WithJenkins
class ConfigurationAsCodeTest extends AbstractRoundTripTest {

    private static final List<String> URLS = List.of("https://feldera.example.org", "http://10.0.0.1:8080/base");

    @Override
    protected String configResource() {
        return "jenkins.yaml";
    }

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule j, String yaml) {
        assertEquals(URLS, CachePurgeConfiguration.get().getAllowedApiUrls());
        assertEquals(
                List.of("http://10.0.0.2:6081"), CachePurgeConfiguration.get().getAgentApiUrls());
        assertEquals(
                List.of("https://feldera.example.org 2", "http://10.0.0.1:8080/base 64"),
                CachePurgeConfiguration.get().getConcurrency().stream()
                        .map(limit -> limit.getUrl() + " " + limit.getMaxConcurrent())
                        .toList());
        AkamaiApiCredentials akamai = credentials(AkamaiApiCredentials.class, "akamai");
        assertEquals("akab-1.luna.akamaiapis.net", akamai.getHost());
        assertEquals("client-token-from-yaml", akamai.getClientToken().getPlainText());
        assertEquals("client-secret-from-yaml", akamai.getClientSecret().getPlainText());
        assertEquals("access-token-from-yaml", akamai.getAccessToken().getPlainText());
        GotipathApiCredentials full = credentials(GotipathApiCredentials.class, "goti");
        assertEquals("Gotipath CDN", full.getDescription());
        assertEquals(CredentialsScope.GLOBAL, full.getScope());
        assertEquals("client-1", full.getClientId());
        assertEquals("library-1", full.getLibraryId());
        assertEquals("key-from-yaml", full.getApiKey().getPlainText());
        assertEquals("bearer-from-yaml", full.getBearerToken().getPlainText());
        GotipathApiCredentials shortest = credentials(GotipathApiCredentials.class, "goti-short");
        assertEquals("other-key", shortest.getApiKey().getPlainText());
        assertNull(shortest.getBearerToken());
    }

    @Override
    protected String stringInLogExpected() {
        return "Setting class io.jenkins.plugins.cachepurge.credentials.GotipathApiCredentials.clientId = client-1";
    }

    @Test
    void theExportConfiguresTheSameAndHoldsNoSecret(JenkinsRule j, @TempDir Path directory) throws Exception {
        ConfigurationAsCode casc = ConfigurationAsCode.get();
        casc.configure(getClass().getResource("jenkins.yaml").toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        casc.export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertTrue(exported.contains("cachePurge:"), exported);
        assertTrue(exported.contains("gotipathApi:"), exported);
        assertTrue(exported.contains("akamaiApi:"), exported);
        for (String secret : List.of(
                "key-from-yaml",
                "bearer-from-yaml",
                "other-key",
                "client-token-from-yaml",
                "client-secret-from-yaml",
                "access-token-from-yaml")) {
            assertFalse(exported.contains(secret), exported);
        }
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
        CachePurgeConfiguration.get().setAgentApiUrls(List.of());
        CachePurgeConfiguration.get().setConcurrency(List.of());
        Path again = Files.writeString(directory.resolve("jenkins.yaml"), parts(exported));
        casc.configure(again.toString());
        assertConfiguredAsExpected(j, exported);
    }

    /** The two parts of an export that are this plugin's; others depend on what else is installed. */
    private static String parts(String exported) {
        StringBuilder kept = new StringBuilder();
        boolean ours = false;
        for (String line : exported.lines().toList()) {
            if (!line.startsWith(" ") && !line.startsWith("-")) {
                ours = line.equals("credentials:");
            }
            kept.append(ours ? line + "\n" : "");
        }
        int begin = exported.indexOf("  cachePurge:");
        int end = begin
                + exported.substring(begin + 1).split("\n  \\w|\n\\w", 2)[0].length()
                + 2;
        return kept.append("unclassified:\n").append(exported, begin, end).toString();
    }

    private static <C extends StandardCredentials> C credentials(Class<C> type, String id) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
    }
}
