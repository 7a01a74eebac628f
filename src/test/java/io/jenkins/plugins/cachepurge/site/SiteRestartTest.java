package io.jenkins.plugins.cachepurge.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.GotipathProvider;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Restart of the controller between two layers of a site, which an administrator has deleted meanwhile. */
class SiteRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void purgedLayersAreNotPurgedAgainAndTheOthersAre() throws Throwable {
        CountDownLatch second = new CountDownLatch(1);
        services.gotipathWire.failNext((request, service) -> {
            second.countDown();
            return UsualFaults.actThenStall().apply(request, service);
        });
        sessions.then(j -> {
            services.introduce();
            ScalewayProvider scaleway = services.scalewayProvider();
            GotipathProvider gotipath = new GotipathProvider("goti", SimulatedServices.DATA.gotipathDistributionId());
            gotipath.setApiUrl(services.gotipathUrl());
            SitesConfiguration.get()
                    .setSites(
                            List.of(new Site("www", List.of("https://www.example.org"), List.of(scaleway, gotipath))));
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(
                    "echo \"RESULT ${cdnPurge(cdn: site('www'), paths: ['/a']).layers*.provider}\"", true));
            job.scheduleBuild2(0).waitForStart();
            second.await();
            SitesConfiguration.get().setSites(List.of());
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("RESULT [scaleway, gotipath]", run);
            assertEquals(
                    List.of("scaleway DONE", "gotipath DONE"),
                    run.getAction(CachePurgeAction.class).getOperations().get(0).getParts().stream()
                            .map(part -> part.getName() + " " + part.getState())
                            .toList());
        });
        long submitted = services.scalewayWire.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
        assertEquals(1, submitted);
    }
}
