package io.jenkins.plugins.cachepurge.cdn;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SecretLeakCheck;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.freestyle.CdnPurgeBuilder;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimServer;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What every CDN behind {@code cdnPurge} keeps, whoever wrote it. */
@ExtendWith(SharedJenkins.class)
class CdnContractTest {

    private static final Predicate<SimRequest> ANY = request -> true;

    private static final Map<SelectionType, String> SOMETHING = Map.of(
            SelectionType.PATHS, "paths: ['/a']",
            SelectionType.URLS, "urls: ['https://a.example/']",
            SelectionType.TAGS, "tags: ['a']",
            SelectionType.PREFIXES, "prefixes: ['/a']",
            SelectionType.HOSTS, "hosts: ['a.example']",
            SelectionType.ALL, "all: true");

    private final List<SimServer> servers = new ArrayList<>();

    @AutoClose
    private final SimulatedServices services = new SimulatedServices();

    @AfterEach
    void closeServers() {
        servers.forEach(SimServer::close);
    }

    @Test
    void everyCdnIsHere(JenkinsRule j) {
        Set<String> there = j.jenkins.getDescriptorList(CdnProvider.class).stream()
                .map(descriptor -> ((CdnProviderDescriptor) descriptor).symbolName())
                // A name for others.
                .filter(symbol -> !symbol.equals("site"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                there, CdnCases.all().stream().map(CdnCase::symbol).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A CDN that takes a star for a letter would purge nothing and report a success. */
    @Test
    void aStarIsRefusedBeforeAnythingIsSent(JenkinsRule j) throws Exception {
        StringBuilder script = new StringBuilder();
        List<FaultInjectingService> wires = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        CdnPurgeStep.DescriptorImpl form = j.jenkins.getDescriptorByType(CdnPurgeStep.DescriptorImpl.class);
        for (CdnCase cdn : CdnCases.all()) {
            FaultInjectingService wire = new FaultInjectingService(cdn.service());
            SimServer server = SimServer.start(wire);
            servers.add(server);
            wires.add(wire);
            urls.add(server.url().toString());
            CdnProviderDescriptor descriptor = descriptor(j, cdn.symbol());
            Set<SelectionType> can = EnumSet.copyOf(descriptor.capabilities().types());
            can.removeAll(descriptor.capabilities().wildcards());
            Set<SelectionType> others = EnumSet.copyOf(can);
            others.removeAll(Set.of(SelectionType.PATHS, SelectionType.URLS));
            String instead = others.isEmpty()
                    ? "since %s purges only single pages".formatted(descriptor.getDisplayName())
                    : "names a single page; for more, %s supports ".formatted(descriptor.getDisplayName());
            for (Map.Entry<SelectionType, List<String>> starred : STARRED.entrySet()) {
                for (String value : can.contains(starred.getKey()) ? starred.getValue() : List.<String>of()) {
                    String parameter = starred.getKey().parameter();
                    script.append("try { cdnPurge cdn: %s, %s: ['%s']; echo 'sent' } catch (e) { echo e.message }%n"
                            .formatted(cdn.at(server.url().toString()), parameter, value));
                    expected.add("%s: '%s' must not contain *, ".formatted(parameter, value));
                    assertEquals(
                            FormValidation.Kind.ERROR,
                            form.doCheckLines(null, value, starred.getKey().name(), cdn.symbol()).kind);
                    expected.add(instead);
                    others.forEach(type -> expected.add(type.parameter()));
                }
            }
        }
        assertEquals(
                FormValidation.Kind.OK,
                form.doCheckLines(null, "/a\n/b/*", "PATHS", "").kind,
                "before the script of the form has run");
        CachePurgeConfiguration.get().setAllowedApiUrls(urls);
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script.toString(), false));
        WorkflowRun run = j.buildAndAssertSuccess(job);
        j.assertLogNotContains("sent", run);
        for (String text : expected) {
            j.assertLogContains(text, run);
        }
        wires.forEach(wire -> assertEquals(List.of(), wire.requests()));
    }

    private static final Map<SelectionType, List<String>> STARRED = Map.of(
            SelectionType.PATHS,
            List.of("/blog/*", "/*/a.css", "/search?q=*"),
            SelectionType.URLS,
            List.of("https://www.example.org/blog/*", "https://www.example.org/*/a.css", "https://*.example.org/"));

    private static CdnProviderDescriptor descriptor(JenkinsRule j, String symbol) {
        return j.jenkins.getDescriptorList(CdnProvider.class).stream()
                .map(CdnProviderDescriptor.class::cast)
                .filter(descriptor -> descriptor.symbolName().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    /** One Jenkins for all. */
    @TestFactory
    Stream<DynamicTest> contract(JenkinsRule j) {
        return CdnCases.all().stream()
                .map(cdn -> DynamicTest.dynamicTest(
                        cdn.symbol(), () -> assertAll(new Contract(cdn, j, servers, services).checks())));
    }

    /** The checks of one CDN. */
    private static final class Contract {

        private final CdnCase cdn;
        private final JenkinsRule j;
        private final FaultInjectingService wire;
        private final List<SimServer> servers;
        private final SimulatedServices services;
        private SimServer server;

        Contract(CdnCase cdn, JenkinsRule j, List<SimServer> servers, SimulatedServices services) {
            this.cdn = cdn;
            this.j = j;
            this.servers = servers;
            this.services = services;
            wire = new FaultInjectingService(cdn.service());
        }

        Stream<Executable> checks() {
            return Stream.of(
                    check("purges each kind that it says it can, and keeps its secret", this::purges),
                    check("sends nothing in a dry run", this::dryRun),
                    check("refuses what it cannot do before anything is sent", this::unsupported),
                    check("refuses an URL that nobody approved", this::unapproved),
                    check("comes to the end after a lost answer", this::lostAnswer),
                    check("waits as long as it is told to", this::rateLimit),
                    check("fails where it is not let in", this::notLetIn),
                    check("takes no page for a success", this::noPage),
                    check("keeps its secret when it is repeated", this::secret),
                    check("has a form and a snippet that keep everything", this::forms),
                    check("runs in a freestyle job", this::freestyle));
        }

        private Executable check(String name, Executable check) {
            return () -> {
                introduce();
                wire.clearFaults();
                try {
                    check.execute();
                } catch (Throwable e) {
                    throw new AssertionError(cdn.symbol() + " " + name, e);
                }
            };
        }

        /** At another URL each time: the rate limit of one is used up for a minute at some CDNs. */
        private void introduce() throws Exception {
            server = SimServer.start(wire);
            servers.add(server);
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of(server.url().toString()));
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            Optional<Credentials> credentials =
                    cdn.credentials().apply(server.url().toString());
            if (credentials.isPresent()) {
                SimulatedServices.add(credentials.get());
            }
        }

        private void purges() throws Exception {
            WorkflowRun run = null;
            for (SelectionType kind : support().types()) {
                introduce();
                int before = wire.requests().size();
                run = run(
                        Result.SUCCESS,
                        "def result = cdnPurge %s, %s\necho \"result ${result.provider} ${result.what} ${result.count}\""
                                .formatted(here(), cdn.chosen(kind)));
                boolean all = kind == SelectionType.ALL;
                j.assertLogContains("result %s %s %d".formatted(cdn.symbol(), kind.parameter(), all ? 0 : 2), run);
                assertTrue(wire.requests().size() > before, kind + " sent nothing");
            }
            new SecretLeakCheck(j).assertNone(run, cdn.secret());
        }

        private void dryRun() throws Exception {
            int before = wire.requests().size();
            List<CdnPurgeStep> steps = dryRuns(support().types());
            assertEquals(support().types().size(), steps.size());
            assertEquals(before, wire.requests().size());
        }

        /** Tries each kind in one build; returns the steps that the Jenkinsfile means, as if they were no dry runs. */
        private List<CdnPurgeStep> dryRuns(Set<SelectionType> kinds) throws Exception {
            RanSteps.SEEN.clear();
            WorkflowRun run = run(
                    Result.SUCCESS,
                    kinds.stream()
                            .map(kind -> "cdnPurge %s, %s, dryRun: true%n".formatted(here(), cdn.chosen(kind)))
                            .collect(Collectors.joining()));
            assertEquals(
                    kinds.size(),
                    JenkinsRule.getLog(run)
                            .lines()
                            .filter(line -> line.contains("nothing sent: dryRun"))
                            .count());
            RanSteps.SEEN.forEach(step -> step.setDryRun(false));
            return List.copyOf(RanSteps.SEEN);
        }

        private void unsupported() throws Exception {
            int before = wire.requests().size();
            Set<SelectionType> others = EnumSet.allOf(SelectionType.class);
            others.removeAll(support().types());
            List<SelectionType> unknown = List.copyOf(others);
            List<SelectionType> onlyHard = support().types().stream()
                    .filter(kind -> !support().soft().contains(kind))
                    .toList();
            List<String> steps = Stream.concat(
                            unknown.stream().map(kind -> "cdnPurge %s, %s".formatted(here(), SOMETHING.get(kind))),
                            onlyHard.stream()
                                    .map(kind -> "cdnPurge %s, %s, soft: true".formatted(here(), cdn.chosen(kind))))
                    .toList();
            List<String> errors = new PipelineJobs(j, services)
                    .attempts(steps).stream().map(PipelineJobs.Attempt::message).toList();
            for (int i = 0; i < unknown.size(); i++) {
                String error = errors.get(i);
                assertTrue(
                        error.startsWith(unknown.get(i).parameter() + ": ") && error.contains(" cannot purge by "),
                        error);
                support().types().forEach(can -> assertTrue(error.contains(can.parameter()), error));
            }
            for (String error : errors.subList(unknown.size(), errors.size())) {
                assertTrue(
                        error.matches("soft: (.* does not support soft purges.*|cannot be combined with .*)"), error);
            }
            assertEquals(before, wire.requests().size());
        }

        private void unapproved() throws Exception {
            int before = wire.requests().size();
            CachePurgeConfiguration.get().setAllowedApiUrls(List.of());
            String error = failure("cdnPurge %s, %s".formatted(here(), any()));
            assertTrue(error.contains(" approved; an administrator can approve it"), error);
            assertEquals(before, wire.requests().size());
        }

        private void lostAnswer() throws Exception {
            wire.failNext(ANY, UsualFaults.actThenCutBeforeHeaders());
            WorkflowRun run = run(Result.SUCCESS, "cdnPurge %s, %s".formatted(here(), any()));
            j.assertLogContains("but no complete response arrived from", run);
        }

        private void rateLimit() throws Exception {
            wire.failNext(ANY, UsualFaults.tooManyRequestsRetryAfter(1));
            WorkflowRun run = run(Result.SUCCESS, "cdnPurge %s, %s".formatted(here(), any()));
            j.assertLogContains("HTTP 429", run);
            String log = JenkinsRule.getLog(run);
            assertTrue(log.contains("Now trying again in ") || log.contains(" tried again, "), log);
        }

        private void notLetIn() throws Exception {
            wire.failEvery(ANY, UsualFaults.answering(SimResponse.empty(401)));
            String error = failure("cdnPurge %s, %s".formatted(here(), any()));
            assertTrue(error.contains("HTTP 401"), error);
        }

        private void noPage() throws Exception {
            wire.failEvery(
                    ANY, UsualFaults.answering(SimResponse.text(200, "text/html", "<html>Please log in</html>")));
            failure("cdnPurge %s, %s, timeout: 5".formatted(here(), any()));
        }

        private void secret() throws Exception {
            for (String header : List.of("Authorization", "AccessKey", "Fastly-Key", "X-Auth-Token", "X-Auth-ApiKey")) {
                wire.failEvery(request -> request.header(header).isPresent(), UsualFaults.echoing(header, 400));
            }
            new SecretLeakCheck(j)
                    .assertNone(run(Result.FAILURE, "cdnPurge %s, %s".formatted(here(), any())), cdn.secret());
        }

        private void forms() throws Exception {
            List<CdnPurgeStep> steps = dryRuns(support().types());
            for (CdnPurgeStep step : steps) {
                new SnippetizerTester(j).assertParseStep(step, Snippetizer.object2Groovy(step));
            }
            CdnPurgeStep step = steps.get(0);
            assertEquals(described(step), described(new StepConfigTester(j).configRoundTrip(step)));
            SnippetizerTester.assertDocGeneration(step.getCdn().getClass());
        }

        private void freestyle() throws Exception {
            CdnPurgeStep step =
                    dryRuns(EnumSet.of(support().types().iterator().next())).get(0);
            FreeStyleProject job = j.createFreeStyleProject();
            job.getBuildersList().add(new CdnPurgeBuilder(step));
            int before = wire.requests().size();
            j.buildAndAssertSuccess(job);
            assertTrue(wire.requests().size() > before);
        }

        private Object described(CdnPurgeStep step) {
            return new DescribableModel<>(CdnPurgeStep.class)
                    .uninstantiate2(step)
                    .toString();
        }

        private PurgeCapabilities support() {
            return descriptor(j, cdn.symbol()).capabilities();
        }

        private String any() {
            return cdn.chosen(support().types().iterator().next());
        }

        private String here() {
            return "cdn: " + cdn.at(server.url().toString());
        }

        private String failure(String jenkinsfile) throws Exception {
            String error = PipelineJobs.error(run(Result.FAILURE, jenkinsfile));
            assertFalse(error.isBlank());
            return error;
        }

        private WorkflowRun run(Result expected, String jenkinsfile) throws Exception {
            WorkflowJob job = j.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
            return j.buildAndAssertStatus(expected, job);
        }
    }

    /** Remembers the steps that ran. */
    @TestExtension
    public static final class RanSteps implements StepListener {
        static final List<CdnPurgeStep> SEEN = new CopyOnWriteArrayList<>();

        @Override
        public void notifyOfNewStep(@NonNull Step step, @NonNull StepContext context) {
            if (step instanceof CdnPurgeStep purge) {
                SEEN.add(purge);
            }
        }
    }
}
