package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowGraphWalker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What views of a Pipeline show beside the name of a step. */
@WithJenkins
class PipelineViewTextTest {

    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void textSaysWhatAndWhereWithoutSecrets(JenkinsRule j) throws Exception {
        List<String> approved = new ArrayList<>(services.urls());
        approved.add("http://127.0.0.1:9");
        services.introduce();
        PipelineJobs jobs = new PipelineJobs(j, services);
        CachePurgeConfiguration.get().setAllowedApiUrls(approved);
        WorkflowRun run = jobs.succeed("""
                cdnPurge cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL), paths: ['/a', '/b']
                cdnPurge cdn: varnish(url: 'http://127.0.0.1:9'), paths: ['/a?token=hunter2'], dryRun: true
                cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL), all: true
                buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL
                cdnPurgeHistory cdn: scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL)
                """);
        assertEquals(
                List.of(
                        "scaleway %s, paths: 2".formatted(SimulatedServices.DATA.scalewayPipelineId()),
                        "varnish 127.0.0.1, paths: /a, dryRun",
                        "gotipath %s, all".formatted(SimulatedServices.DATA.gotipathDistributionId()),
                        "workspace: acme, project: website, pipelineId: 2",
                        "scaleway %s".formatted(SimulatedServices.DATA.scalewayPipelineId())),
                texts(Objects.requireNonNull(run.getExecution())));
    }

    private static List<String> texts(FlowExecution execution) {
        List<String> texts = new ArrayList<>();
        for (FlowNode node : new FlowGraphWalker(execution)) {
            String text = ArgumentsAction.getStepArgumentsAsString(node);
            if (text != null) {
                texts.add(0, text);
            }
        }
        return texts;
    }
}
