package io.jenkins.plugins.cachepurge.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Label;
import hudson.model.Slave;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** After a restart of the controller a step goes on with the agent that connects again. */
class ViaAgentRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void theStepGoesOnWithTheAgentThatConnectsAgain() throws Throwable {
        services.feldera.stoppingTakes(Duration.ofHours(1));
        sessions.then(j -> {
            services.introduce();
            CachePurgeConfiguration.get().setAgentApiUrls(List.of(services.felderaUrl()));
            j.createOnlineSlave(Label.get("linux"));
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("""
                    node('linux') {
                        pipelineClearStorage credentialsId: 'feldera', apiUrl: '%s', pipeline: 'payments', stop: true, via: 'agent'
                    }
                    """.formatted(services.felderaUrl()), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("is Stopping", run);
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.waitForMessage("going on after a restart of Jenkins", run);
            services.pass(Duration.ofHours(2));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            Slave agent =
                    (Slave) j.jenkins.getLabel("linux").getNodes().iterator().next();
            j.assertLogContains("Requests are sent from agent " + agent.getNodeName(), run);
        });
        assertEquals(1, services.feldera.clears("payments"));
        assertEquals(
                1,
                services.felderaWire
                        .requests(request -> request.target().contains("/stop"))
                        .size());
    }
}
