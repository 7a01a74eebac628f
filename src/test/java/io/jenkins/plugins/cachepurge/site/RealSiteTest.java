package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.caches.CachedSite;
import io.jenkins.plugins.cachepurge.caches.Visitors;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.NginxProvider;
import io.jenkins.plugins.cachepurge.cdn.VarnishProvider;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Varnish inside a caching proxy, purged by a job while visitors ask for the page all the time. */
@WithJenkins
class RealSiteTest {

    private static final String PAGE = "/news.html";
    private static final int ROUNDS = 4;
    private static final int ROUNDS_IN_WRONG_ORDER = 40;

    private final SimulatedServices services = new SimulatedServices();
    private CachedSite caches;
    private Visitors visitors;
    private PipelineJobs jobs;
    private int edition = 1;

    @BeforeEach
    void start(JenkinsRule j) throws Exception {
        assumeTrue(CachedSite.isInstalled());
        jobs = new PipelineJobs(j, services);
        caches = CachedSite.start();
        visitors = Visitors.start(caches.outerUrl(), PAGE);
    }

    @AfterEach
    void stop() throws Exception {
        services.close();
        if (caches != null) {
            visitors.close();
            caches.close();
        }
    }

    private VarnishProvider varnish() {
        VarnishProvider varnish = new VarnishProvider();
        varnish.setUrl(caches.innerUrl());
        return varnish;
    }

    private NginxProvider nginx() {
        NginxProvider nginx = new NginxProvider();
        nginx.setUrl(caches.outerUrl());
        return nginx;
    }

    private static void configure(CdnProvider... layers) {
        SitesConfiguration.get().setSites(List.of(new Site("www", List.of("http://www.example.org"), List.of(layers))));
    }

    private Set<String> pagesAfterStep() throws Exception {
        caches.origin().change();
        edition++;
        jobs.succeed("cdnPurge cdn: site('www'), paths: ['%s']".formatted(PAGE));
        return visitors.seeNow();
    }

    private String page(int number) {
        return "edition %d of %s".formatted(number, PAGE);
    }

    @Test
    void nobodyGetsTheOldPageAfterTheStep() throws Exception {
        configure(varnish(), nginx());
        for (int round = 0; round < ROUNDS; round++) {
            Set<String> pages = pagesAfterStep();
            assertEquals(Set.of(page(edition)), pages);
        }
    }

    @Test
    void somebodyGetsTheOldPageIfTheLayersAreInTheWrongOrder() throws Exception {
        configure(nginx(), varnish());
        boolean old = false;
        for (int round = 0; round < ROUNDS_IN_WRONG_ORDER && !old; round++) {
            Set<String> pages = pagesAfterStep();
            old = pages.contains(page(edition - 1));
        }
        assertTrue(old, "the old page came back into the outer cache");
    }
}
