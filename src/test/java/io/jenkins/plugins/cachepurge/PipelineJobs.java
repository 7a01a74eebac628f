package io.jenkins.plugins.cachepurge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Runs Jenkinsfiles, in the sandbox, against the simulated services. In their texts {@code AT_BUDDY} stands for the
 * parameters that lead to Buddy's pipeline, {@code SCW} and {@code GOTI} for the two CDNs, and {@code AT_FELDERA} for
 * the parameters that lead to Feldera.
 */
public record PipelineJobs(JenkinsRule j, SimulatedServices services) {

    /** One step that ended, as a Jenkinsfile that caught what it threw sees it. */
    public record Attempt(String exception, String message) {}

    private static final String TRIED = """
            def attempt(int number, Closure step) {
                try {
                    def result = step()
                    echo "attempt ${number} returned ${result}"
                } catch (e) {
                    echo "attempt ${number} threw ${e.getClass().simpleName}: ${e.message}"
                }
            }
            """;

    /** A Jenkinsfile with the services put in. */
    public static String text(SimulatedServices services, String jenkinsfile) {
        String text = jenkinsfile
                .replace(
                        "AT_BUDDY",
                        "credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL")
                .replaceAll(
                        "\\bSCW\\b",
                        "scaleway(credentialsId: 'scw', pipelineId: SCALEWAY_PIPELINE, apiUrl: SCALEWAY_URL)")
                .replaceAll(
                        "\\bGOTI\\b",
                        "gotipath(credentialsId: 'goti', distributionId: DISTRIBUTION, apiUrl: GOTIPATH_URL)")
                .replace("AT_FELDERA", "credentialsId: 'feldera', apiUrl: FELDERA_URL");
        return services.jenkinsfile(text);
    }

    public WorkflowJob create(String jenkinsfile) throws Exception {
        return define(j.createProject(WorkflowJob.class), jenkinsfile);
    }

    public WorkflowJob define(WorkflowJob job, String jenkinsfile) throws Exception {
        job.setDefinition(new CpsFlowDefinition(text(services, jenkinsfile), true));
        return job;
    }

    public WorkflowRun start(String jenkinsfile) throws Exception {
        return create(jenkinsfile).scheduleBuild2(0).waitForStart();
    }

    public WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
        return j.buildAndAssertStatus(expected, create(jenkinsfile));
    }

    public WorkflowRun succeed(String jenkinsfile) throws Exception {
        return run(Result.SUCCESS, jenkinsfile);
    }

    /** A script of steps each of which fails: the build goes on, and the last one ends it. */
    public static String failing(List<String> steps) {
        int last = steps.size() - 1;
        return Stream.concat(
                        steps.subList(0, last).stream().map("catchError { %s }"::formatted), Stream.of(steps.get(last)))
                .collect(Collectors.joining("\n"));
    }

    /** Runs steps each of which fails, and returns the line of each. */
    public List<String> failures(List<String> steps) throws Exception {
        List<String> errors = errors(run(Result.FAILURE, failing(steps)));
        assertEquals(steps.size(), errors.size(), errors.toString());
        return errors;
    }

    /** Tries one step after the other in one build, and tells what each of them threw. */
    public List<Attempt> attempts(List<String> steps) throws Exception {
        StringBuilder script = new StringBuilder(TRIED);
        for (int i = 0; i < steps.size(); i++) {
            script.append("attempt(%d) { %s }\n".formatted(i, steps.get(i)));
        }
        String console = JenkinsRule.getLog(succeed(script.toString()));
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            attempts.add(attempt(console, i, steps.get(i)));
        }
        return attempts;
    }

    private static Attempt attempt(String console, int number, String step) {
        String start = "attempt %d threw ".formatted(number);
        int begin = console.indexOf(start);
        assertTrue(begin >= 0, () -> step + " threw nothing:\n" + console);
        String said = console.substring(begin + start.length(), console.indexOf("\n[Pipeline]", begin));
        assertEquals(1, said.lines().count(), () -> step + " said more than a line: " + said);
        return new Attempt(said.substring(0, said.indexOf(": ")), said.substring(said.indexOf(": ") + 2));
    }

    /** The one line with which a build's console says why it failed; there must be no stack trace. */
    public static String error(Run<?, ?> run) throws IOException {
        List<String> errors = errors(run);
        assertEquals(1, errors.size(), errors.toString());
        return errors.get(0);
    }

    /** The same for a build of several steps that failed, the last of which ended it: a line of each. */
    public static List<String> errors(Run<?, ?> run) throws IOException {
        String console = JenkinsRule.getLog(run);
        assertTrue(console.lines().noneMatch(line -> line.startsWith("\tat ")), console);
        List<String> errors =
                console.lines().filter(line -> line.startsWith("ERROR: ")).toList();
        assertFalse(errors.isEmpty(), console);
        String last = errors.get(errors.size() - 1);
        assertTrue(console.startsWith("Finished: FAILURE", console.lastIndexOf(last) + last.length() + 1), console);
        return errors.stream().map(error -> error.substring("ERROR: ".length())).toList();
    }
}
