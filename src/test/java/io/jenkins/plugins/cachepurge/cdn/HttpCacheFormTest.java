package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Caches with several instances: their one text in the form, and parameters that cannot be meant. */
@ExtendWith(SharedJenkins.class)
class HttpCacheFormTest {

    private static final List<String> URLS = List.of("http://one.example.org:6081", "http://two.example.org:6081");

    @Test
    void severalInstancesInFormAndSnippet(JenkinsRule j) throws Exception {
        NginxProvider nginx = new NginxProvider();
        nginx.setUrls(URLS);
        nginx.setHost("www.example.org");
        nginx.setPlus(true);
        nginx.setVia("agent");
        nginx.setCertificate("ca");
        CdnPurgeStep step = new CdnPurgeStep(nginx);
        step.setAll(true);
        NginxProvider again =
                (NginxProvider) new StepConfigTester(j).configRoundTrip(step).getCdn();
        assertEquals(URLS, again.getUrls());
        assertEquals(null, again.getUrl());
        assertEquals("www.example.org", again.getHost());
        assertTrue(again.isPlus());
        assertEquals("agent", again.getVia());
        assertEquals("ca", again.getCertificate());
        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "cdnPurge all: true, cdn: nginx(certificate: 'ca', host: 'www.example.org', plus: true, urls: ['http://one.example.org:6081', 'http://two.example.org:6081'], via: 'agent')");
    }

    @Test
    void optionsInFormAndSnippet(JenkinsRule j) throws Exception {
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(URLS.get(0));
        varnish.setHeaders(List.of("X-Forwarded-Proto: https", "X-Time: 10:15"));
        varnish.setCredentialsId("token");
        varnish.setCredentialsHeader("X-Purge-Token");
        varnish.setNotCached("fail");
        varnish.setAddresses(List.of("10.0.0.7", "varnish-2"));
        varnish.setDialect("magento");
        CdnPurgeStep step = new CdnPurgeStep(varnish);
        step.setTags("cat_p_1");
        VarnishProvider again =
                (VarnishProvider) new StepConfigTester(j).configRoundTrip(step).getCdn();
        assertEquals(List.of("X-Forwarded-Proto: https", "X-Time: 10:15"), again.getHeaders());
        assertEquals("token", again.getCredentialsId());
        assertEquals("X-Purge-Token", again.getCredentialsHeader());
        assertEquals("fail", again.getNotCached());
        assertEquals(List.of("10.0.0.7", "varnish-2"), again.getAddresses());
        assertEquals("magento", again.getDialect());
        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "cdnPurge cdn: varnish(addresses: ['10.0.0.7', 'varnish-2'], credentialsHeader: 'X-Purge-Token', credentialsId: 'token', dialect: 'magento',"
                                + " headers: ['X-Forwarded-Proto': 'https', 'X-Time': '10:15'], notCached: 'fail',"
                                + " url: 'http://one.example.org:6081'), tags: ['cat_p_1']");
    }

    @Test
    void whatIsTypedIsChecked(JenkinsRule j) throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(URLS);
        VarnishProvider.DescriptorImpl varnish = j.jenkins.getDescriptorByType(VarnishProvider.DescriptorImpl.class);
        FreeStyleProject job = j.createFreeStyleProject();
        assertEquals(FormValidation.Kind.OK, varnish.doCheckUrls(job, String.join("\n", URLS)).kind);
        assertEquals(FormValidation.Kind.WARNING, varnish.doCheckUrls(job, "").kind);
        assertEquals(
                "&#039;http://three.example.org&#039; is not approved; an administrator can approve it under Manage Jenkins » System » Cache Purge",
                varnish.doCheckUrls(job, URLS.get(0) + "\nhttp://three.example.org")
                        .getMessage());
        assertEquals(FormValidation.Kind.OK, varnish.doCheckUrls(null, "http://three.example.org").kind);
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckUrls(null, URLS.get(0) + "/path").kind);
        assertEquals(FormValidation.Kind.OK, varnish.doCheckHost(null, "").kind);
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckHost(null, "http://www.example.org/").kind);
        assertEquals(FormValidation.Kind.OK, varnish.doCheckHeaders(null, "X-A: b\n\nX-C: d").kind);
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckHeaders(null, "X-A").kind);
        assertEquals(FormValidation.Kind.OK, varnish.doCheckCredentialsHeader(null, "", "").kind);
        assertEquals(FormValidation.Kind.OK, varnish.doCheckCredentialsHeader(null, "X-A", "token").kind);
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckCredentialsHeader(null, "X-A", "").kind);
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckCredentialsHeader(null, "Host", "token").kind);
    }

    @Test
    void problemStandsAtTheFieldThatHasIt(JenkinsRule j) throws Exception {
        VarnishProvider.DescriptorImpl varnish = j.jenkins.getDescriptorByType(VarnishProvider.DescriptorImpl.class);
        String noUrl = "varnish.example.org";
        assertEquals(
                "must be an absolute URL, such as http://varnish.example.org:6081, but was &#039;varnish.example.org&#039;",
                varnish.doCheckUrls(null, noUrl).getMessage());
        assertEquals(FormValidation.Kind.OK, varnish.doCheckAddresses(null, "all", noUrl).kind);
        assertEquals(
                "&#039;a/b&#039; must be the name of a host, or an address",
                varnish.doCheckAddresses(null, "a/b", noUrl).getMessage());
        assertEquals(FormValidation.Kind.ERROR, varnish.doCheckAddresses(null, "all", "http://10.0.0.7:6081").kind);

        CloudFrontProvider.DescriptorImpl cloudFront =
                j.jenkins.getDescriptorByType(CloudFrontProvider.DescriptorImpl.class);
        assertEquals(
                FormValidation.Kind.OK, cloudFront.doCheckDistributionId(null, "EDFDVBD6EXAMPLE", "no tenant").kind);
        assertEquals(FormValidation.Kind.ERROR, cloudFront.doCheckDistributionId(null, "x y", "no tenant").kind);
        assertEquals(FormValidation.Kind.OK, cloudFront.doCheckExternalId(null, "agreed", "no role").kind);
        assertEquals(FormValidation.Kind.ERROR, cloudFront.doCheckExternalId(null, "agreed", "").kind);
    }

    /** Each has its own port. */
    @Test
    void helpAndMessageHaveTheSameExample(JenkinsRule j) throws Exception {
        List<CacheProviderDescriptor> caches = j.jenkins.getDescriptorList(CdnProvider.class).stream()
                .filter(CacheProviderDescriptor.class::isInstance)
                .map(CacheProviderDescriptor.class::cast)
                .toList();
        assertEquals(4, caches.size());
        for (CacheProviderDescriptor cache : caches) {
            String example = cache.exampleUrl();
            assertTrue(example.contains(cache.symbolName().toLowerCase(Locale.ROOT)), example);
            assertTrue(cache.doCheckUrls(null, "x").getMessage().contains(example), example);
            for (String help : List.of("help-url.html", "help-urls.html", "help-url_de.html", "help-urls_de.html")) {
                String file = cache.clazz.getSimpleName() + "/" + help;
                String text;
                try (InputStream in = cache.clazz.getResourceAsStream(file)) {
                    text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
                assertTrue(text.contains("<code>%s</code>".formatted(example)), file);
            }
        }
    }

    @Test
    void parametersThatCannotBeMeant(JenkinsRule j) throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(URLS);
        List<String> messages;
        try (SimulatedServices services = new SimulatedServices()) {
            messages = new PipelineJobs(j, services)
                            .attempts(
                                    List.of(
                                            "cdnPurge cdn: varnish(), all: true",
                                            "cdnPurge cdn: varnish(url: 'http://one.example.org:6081', urls: ['http://two.example.org:6081']), all: true",
                                            "cdnPurge cdn: varnish(urls: []), all: true",
                                            "cdnPurge cdn: squid(urls: ['http://one.example.org:6081', 'http://evil.example.org']), paths: ['/a']",
                                            "cdnPurge cdn: squid(url: 'http://one.example.org:6081', via: 'agents'), paths: ['/a']",
                                            "cdnPurge cdn: squid(url: 'http://one.example.org:6081/a'), paths: ['/a']",
                                            "cdnPurge cdn: nginx(url: 'http://one.example.org:6081'), all: true",
                                            "cdnPurge cdn: nginx(url: 'http://one.example.org:6081'), paths: ['/img/*']",
                                            "cdnPurge cdn: varnish(url: 'http://one.example.org:6081', host: 'a/b'), paths: ['/a']",
                                            "cdnPurge cdn: varnish(url: 'http://one.example.org:6081'), paths: ['/a/../b'], dryRun: true"))
                            .stream()
                            .map(PipelineJobs.Attempt::message)
                            .toList();
        }
        assertEquals(
                List.of(
                        "url: is required",
                        "urls: cannot be combined with url; use one of them",
                        "urls: is required",
                        "urls: 'http://evil.example.org' is not approved; an administrator can approve it under Manage Jenkins » System » Cache Purge",
                        "via: must be controller or agent, but was 'agents'",
                        "url: must be the URL of a server without a path, but was 'http://one.example.org:6081/a'",
                        "host: is required; nginx purges everything of one host",
                        "paths: '/img/*' must not contain *, since each of paths names a single page; for more, nginx supports prefixes, all: true",
                        "host: must be a host as in a URL, such as www.example.org or www.example.org:8080, but was 'a/b'",
                        "paths: path 1 '/a/../b' must not contain #, a backslash or the segments . and ..; percent-encode those that belong to a name"),
                messages);
    }
}
