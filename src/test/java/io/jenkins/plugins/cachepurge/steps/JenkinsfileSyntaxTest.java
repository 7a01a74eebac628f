package io.jenkins.plugins.cachepurge.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.simulator.RecordedGotipathPurge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The places of a Jenkinsfile where steps stand, and the ways their parameters are written. */
@ExtendWith(SharedJenkins.class)
class JenkinsfileSyntaxTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;
    private PipelineJobs jobs;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        jobs = new PipelineJobs(j, services);
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void inEveryPartOfADeclarativePipeline() throws Exception {
        for (int execution = 5; execution <= 6; execution++) {
            services.buddy.addDelayedExecution(
                    "acme", "website", 2, execution, Instant.now().plus(Duration.ofHours(1)));
        }
        WorkflowRun run = jobs.succeed("""
                pipeline {
                    agent none
                    stages {
                        stage('Number') { steps { buddyClearCache AT_BUDDY } }
                        stage('Text') {
                            steps {
                                buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: '2', apiUrl: BUDDY_URL
                                buddyRunScheduled credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: '2', executionId: '4', apiUrl: BUDDY_URL, timeout: 60
                                buddyRunScheduled credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, executionId: 5, apiUrl: BUDDY_URL, cancelOnAbort: true
                            }
                        }
                        stage('Node') {
                            agent any
                            steps {
                                cdnPurge cdn: SCW, paths: ['/from-a-node'], wait: true
                                node('') { cdnPurge cdn: SCW, paths: ['/inner-node'] }
                            }
                        }
                        stage('Both') {
                            parallel {
                                stage('One') { steps { cdnPurge(cdn: GOTI, all: true) } }
                                stage('Other') { steps { pipelineClearStorage AT_FELDERA, pipeline: 'payments', stop: true } }
                            }
                        }
                        stage('Never') {
                            when { expression { false } }
                            steps { buddyClearCache AT_BUDDY }
                        }
                        stage('When') {
                            when { expression { true } }
                            steps {
                                withCredentials([string(credentialsId: 'scw', variable: 'TOKEN')]) { cdnPurge cdn: SCW, paths: ['/with-credentials'] }
                                script {
                                    def newest = cdnPurgeHistory(cdn: SCW, limit: 1, order: 'desc')[0]
                                    echo "newest ${cdnPurgeStatus(cdn: SCW, requestId: newest.id).paths}"
                                }
                                cdnPurgeHistory cdn: SCW, order: 'asc'
                            }
                        }
                    }
                    post {
                        success { cdnPurge cdn: gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL, type: 'pattern', pathsPerRequest: 2), paths: ['/a', '/b', '/c?x=1'] }
                        always { buddyRunScheduled AT_BUDDY, executionId: 6, wait: false }
                        failure { buddyClearCache AT_BUDDY }
                    }
                }
                """);
        j.assertLogContains("newest 1", run);
        assertEquals(2, services.buddy.cacheCleared("acme", "website", 2));
        for (int execution = 4; execution <= 6; execution++) {
            assertEquals(1, services.buddy.executionStarts("acme", "website", 2, execution));
        }
        // The two requests of the last purge are sent at the same time.
        assertEquals(
                Set.of(List.of(), List.of("/a", "/b"), List.of("/c?x=1")),
                services.gotipath.purges().stream()
                        .map(RecordedGotipathPurge::paths)
                        .collect(Collectors.toSet()));
        assertEquals(
                List.of("all", "pattern", "pattern"),
                services.gotipath.purges().stream()
                        .map(RecordedGotipathPurge::type)
                        .toList());
        assertEquals(
                List.of("/from-a-node", "/inner-node", "/with-credentials"),
                services.scaleway.purgeRequests().stream()
                        .skip(2)
                        .flatMap(purge -> purge.assets().stream())
                        .toList());
        assertEquals(1, services.feldera.clears("payments"));
    }

    @Test
    void whatAPurgeReturnsIsAMapLikeAnyOther() throws Exception {
        WorkflowRun run = jobs.succeed("""
                def purge = cdnPurge cdn: SCW, paths: (1..6).collect { "/${it}" }
                for (request in purge.requests) {
                    sleep time: 1, unit: 'MILLISECONDS'
                    echo "request ${request.status} ${request.count} of ${purge['count']}"
                }
                purge.each { name, value -> sleep(time: 1, unit: 'MILLISECONDS'); echo "entry ${name}" }
                echo "json ${groovy.json.JsonOutput.toJson(purge)}"
                echo "more ${(purge + [note: 'mine']).note} of ${purge.size()}"
                try {
                    purge.status = 'mine'
                } catch (UnsupportedOperationException e) {
                    echo "still ${purge.status}"
                }
                """);
        for (String line : List.of(
                "request done 5 of 6",
                "request done 1 of 6",
                "entry provider",
                "entry requests",
                "json {\"provider\":\"scaleway\",\"target\":",
                "\"status\":\"done\",\"what\":\"paths\",\"count\":6,\"requests\":[{\"id\":",
                "more mine of 7",
                "still done")) {
            j.assertLogContains(line, run);
        }
    }

    @Test
    void scriptedWithoutWaitingWithoutSendingAndWithEveryKindOfText() throws Exception {
        services.scaleway.purgeTakes(Duration.ofDays(1), "done");
        services.feldera.clearingNeverEnds();
        services.buddy.executionEndsAfter(Duration.ofDays(1), "SUCCESSFUL");
        WorkflowRun run = jobs.succeed("""
                def id = 2
                def text = "${id}"
                def dry = cdnPurge cdn: SCW, paths: ['/never-sent'], dryRun: true
                def dryAll = cdnPurge cdn: GOTI, all: true, dryRun: true
                echo "dry ${dry} ${dryAll}"
                def sent = cdnPurge cdn: SCW, paths: ["/v${id}", "/ä ö?q=%20"], wait: false
                echo "sent ${sent.status} ${sent.requests*.status}"
                def ran = buddyRunScheduled credentialsId: "bud${'dy'}", workspace: ' acme ', project: 'website', pipelineId: text, executionId: 4L, apiUrl: BUDDY_URL, wait: false
                echo "ran ${ran.id} ${ran.status} ${ran.finishDate}"
                def cleared = pipelineClearStorage AT_FELDERA, pipeline: 'orders', wait: false, tenant: 'default'
                echo "cleared ${cleared}"
                node {
                    def again = buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: "${id}", apiUrl: "${BUDDY_URL}/"
                    writeFile file: 'name', text: again.name
                    echo "in a node ${readFile('name')}, and ${sent.requests.size()} request"
                }
                """);
        j.assertLogContains("status:dryRun, what:paths, count:1, requests:[], startedAt:", run);
        j.assertLogContains("status:dryRun, what:all, count:0, requests:[], startedAt:", run);
        j.assertLogContains("sent pending [pending]", run);
        j.assertLogContains("ran 4 INPROGRESS null", run);
        j.assertLogContains("cleared [pipeline:orders, storageStatus:Clearing, deploymentStatus:Stopped]", run);
        j.assertLogContains("in a node Live mirror, and 1 request", run);
        assertEquals(List.of(), services.gotipath.purges());
        assertEquals(1, services.scalewayWire.requests().size());
        assertEquals(
                List.of("/v2", "/%C3%A4%20%C3%B6?q=%20"),
                services.scaleway.purgeRequests().get(2).assets());
        assertEquals(
                "default",
                services.felderaWire.requests().get(0).header("Feldera-Tenant").orElseThrow());
    }

    @Test
    void aServerWithoutAuthenticationGetsNoCredentials() throws Exception {
        WorkflowRun run = jobs.run(Result.FAILURE, "pipelineClearStorage apiUrl: FELDERA_URL, pipeline: 'orders'");
        assertTrue(PipelineJobs.error(run).contains("401"), PipelineJobs.error(run));
        assertTrue(
                services.felderaWire.requests().get(0).header("Authorization").isEmpty());
    }
}
