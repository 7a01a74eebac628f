package io.jenkins.plugins.cachepurge.steps;

import static io.jenkins.plugins.cachepurge.SimulatedServices.DATA;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GString;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.PipelineJobs;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.SquidProvider;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.simulator.RecordedScalewayPurge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;

/** Arguments of a Jenkinsfile for each step and each CDN: ids as numbers, and lists in every form. */
@ExtendWith(SharedJenkins.class)
class ScriptArgumentsTest {

    /** Declarative Pipelines refuse a number for a text, before the step sees it. */
    private static final Set<String> NUMBERS = Set.of("pipelineId", "executionId");

    /** Values with a structure of their own, which a form has as text: only a script has the result of a purge or variants. */
    private static final Set<String> STRUCTURES = Set.of("headers", "requestHeaders", "newerThan");

    private static final Set<Class<?>> TYPES =
            Set.of(String.class, int.class, boolean.class, String[].class, List.class);

    private static final Set<Class<?>> TYPES_OF_STEPS = Set.of(
            String.class,
            int.class,
            Integer.class,
            boolean.class,
            String[].class,
            CdnProvider.class,
            ChangedFiles.class);

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

    private record Parameter(Class<? extends Describable<?>> owner, DescribableParameter parameter) {

        String name() {
            return parameter.getName();
        }

        boolean isId() {
            return name().endsWith("Id");
        }

        boolean isList() {
            return parameter.getType() instanceof ArrayType;
        }

        /** The value in the form in which the snippet generator would write it. */
        Object after(Object argument) throws Exception {
            DescribableModel<?> model = DescribableModel.of(owner);
            Map<String, Object> arguments = new HashMap<>();
            for (DescribableParameter each : model.getParameters()) {
                if (each.isRequired()) {
                    arguments.put(each.getName(), sample(each.getErasedType()));
                }
            }
            arguments.put(name(), argument);
            return DescribableModel.uninstantiate2_(model.instantiate(arguments, TaskListener.NULL))
                    .getArguments()
                    .get(name());
        }

        private static Object sample(Class<?> type) {
            if (type == CdnProvider.class) {
                return new SquidProvider();
            }
            return type == ChangedFiles.class ? new ChangedFiles("dist") : "x";
        }

        @Override
        public String toString() {
            return owner.getSimpleName() + "." + name();
        }
    }

    private List<Parameter> parameters() {
        Stream<Descriptor<?>> steps = StepDescriptor.all().stream()
                .filter(each -> each.clazz.getPackage() == CdnPurgeStep.class.getPackage())
                .map(each -> each);
        Stream<Descriptor<?>> cdns =
                j.jenkins.<CdnProvider, Descriptor<CdnProvider>>getDescriptorList(CdnProvider.class).stream()
                        .map(each -> each);
        Stream<Descriptor<?>> changes = Stream.of(j.jenkins.getDescriptorOrDie(ChangedFiles.class));
        return Stream.of(steps, cdns, changes)
                .flatMap(each -> each)
                .flatMap(descriptor -> DescribableModel.of(descriptor.clazz).getParameters().stream()
                        .map(parameter -> new Parameter(describable(descriptor.clazz), parameter)))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Describable<?>> describable(Class<?> type) {
        return (Class<? extends Describable<?>>) type;
    }

    @Test
    void everyIdTakesNumberAndText() {
        List<Parameter> ids = parameters().stream().filter(Parameter::isId).toList();
        assertTrue(ids.size() > 25, ids::toString);
        List<Executable> checks = new ArrayList<>();
        for (Parameter id : ids) {
            for (Object argument : List.of(2, 2L, "2", text("2"))) {
                checks.add(() -> assertEquals("2", id.after(argument), id + " " + argument.getClass()));
            }
        }
        assertAll(checks);
    }

    @Test
    void everyListTakesListArraySetAndText() {
        List<Parameter> lists = parameters().stream().filter(Parameter::isList).toList();
        assertTrue(lists.size() >= 9, lists::toString);
        List<String> values = List.of("/a", "/b");
        List<Executable> checks = new ArrayList<>();
        for (Parameter list : lists) {
            for (Object argument : List.of(
                    values,
                    values.toArray(String[]::new),
                    new LinkedHashSet<>(values),
                    List.of(text("/a"), "/b"),
                    new GString[] {text("/a"), text("/b")},
                    new LinkedHashSet<Object>(List.of(text("/a"), "/b")),
                    "/a\n/b",
                    text("\ufeff/a\r\n\r\n/b\r\n"))) {
                checks.add(() -> assertEquals(
                        values,
                        new ArrayList<>((Collection<?>) list.after(argument)),
                        list + " " + argument.getClass()));
            }
            checks.add(() ->
                    assertEquals(List.of("/a"), new ArrayList<>((Collection<?>) list.after("/a")), list.toString()));
        }
        assertAll(checks);
    }

    /** Job DSL and Configuration as Code can set nothing else; a Declarative Pipeline refuses a text for a List. */
    @Test
    void parametersHaveTypesThatEveryKindOfJobCanSet() {
        for (Parameter each : parameters()) {
            Class<?> type = each.parameter().getErasedType();
            Set<Class<?>> allowed = Step.class.isAssignableFrom(each.owner()) ? TYPES_OF_STEPS : TYPES;
            if (NUMBERS.contains(each.name()) && allowed == TYPES_OF_STEPS) {
                allowed = Set.of(Object.class);
            }
            if (STRUCTURES.contains(each.name()) && allowed == TYPES_OF_STEPS) {
                allowed = Set.of(Map.class, Object.class);
            }
            assertTrue(allowed.contains(type), each + " is of the type " + type);
        }
    }

    private static GString text(String value) {
        return new GStringImpl(new Object[] {value}, new String[] {"", ""});
    }

    @Test
    void scriptedPipelineTakesEveryForm() throws Exception {
        jobs.succeed("""
                def x = 'x'
                cdnPurge cdn: SCW, paths: '/text'
                cdnPurge cdn: SCW, paths: "/${x}"
                cdnPurge cdn: SCW, paths: '\\uFEFF/bom\\r\\n\\r\\n/lines\\r\\n/bom\\n'
                cdnPurge cdn: SCW, paths: '/a\\n/b'.split('\\n')
                cdnPurge cdn: SCW, paths: ["/${x}", '/in-a-set'] as Set
                cdnPurge cdn: SCW, paths: ["/${x}", '/twice', '/twice', "/${x}"]
                cdnPurge cdn: SCW, paths: ["/${x}/1", "/${x}/2"] as String[]
                cdnPurge cdn: keycdn(credentialsId: 'scw', zoneId: 209797), tags: "${x}\\ny", dryRun: true
                cdnPurge cdn: varnish(urls: "%1$s\\n%1$s/"), paths: '/a', dryRun: true
                cdnPurge cdn: keycdn(credentialsId: 'scw', zoneId: 209797), tags: 'x', dryRun: "${true}", timeout: '5', verifyAtMost: null, wait: null
                buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL
                """.replace("%1$s", services.buddyUrl()));
        assertEquals(
                List.of(
                        List.of("/text"),
                        List.of("/x"),
                        List.of("/bom", "/lines"),
                        List.of("/a", "/b"),
                        List.of("/x", "/in-a-set"),
                        List.of("/x", "/twice"),
                        List.of("/x/1", "/x/2")),
                purged());
    }

    @Test
    void declarativePipelineTakesEveryForm() throws Exception {
        String everyCdn = Stream.of(
                        "keycdn(credentialsId: 'scw', zoneId: 209797), tags: 'a'",
                        "gcore(credentialsId: 'scw', resourceId: 5), paths: '/a'",
                        "bunny(credentialsId: 'scw', pullZoneId: 5), tags: ['a']",
                        "buddyDistribution(credentialsId: 'buddy', workspace: 'acme', distributionId: 5, routeId: 6), paths: '/a'",
                        "fastly(credentialsId: 'scw', serviceId: 5), tags: 'a'")
                .map(each -> "cdnPurge cdn: %s, dryRun: true".formatted(each))
                .collect(Collectors.joining("\n"));
        jobs.succeed("""
                pipeline {
                    agent none
                    environment { PAGES = '/of\\n/variable' }
                    stages {
                        stage('All') {
                            steps {
                                cdnPurge cdn: SCW, paths: '/text'
                                cdnPurge cdn: SCW, paths: '/a\\n/b'
                                cdnPurge cdn: SCW, paths: "${env.PAGES}"
                                cdnPurge cdn: SCW, paths: env.PAGES.split('\\n')
                                cdnPurge cdn: SCW, paths: ['/list']
                                buddyClearCache credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: 2, apiUrl: BUDDY_URL
                                buddyRunScheduled credentialsId: 'buddy', workspace: 'acme', project: 'website', pipelineId: '2', executionId: 4, apiUrl: BUDDY_URL
                                %s
                            }
                        }
                    }
                }
                """.formatted(everyCdn));
        assertEquals(
                List.of(
                        List.of("/text"),
                        List.of("/a", "/b"),
                        List.of("/of", "/variable"),
                        List.of("/of", "/variable"),
                        List.of("/list")),
                purged());
        assertEquals(1, services.buddy.cacheCleared("acme", "website", 2));
    }

    /** The same in a nested CDN, which Jenkins creates first. */
    @Test
    void anythingElseIsOneLine() throws Exception {
        Map<String, String> lines = Map.of(
                "cdnPurge cdn: SCW, paths: '/a', timeout: 'soon'", "timeout: must be a whole number, but was 'soon'",
                "cdnPurge cdn: SCW, paths: '/a', timeout: 2.5", "timeout: must be a whole number, but was '2.5'",
                "cdnPurge cdn: SCW, paths: '/a', dryRun: 'yes'", "dryRun: must be true or false, but was 'yes'",
                "cdnPurge cdn: 'scaleway', paths: '/a'",
                        "cdn: must be written with parentheses, such as scaleway(…), but was 'scaleway'",
                "cdnPurge cdn: SCW, changes: 'dist'",
                        "changes: must be written with parentheses, such as changedFiles('dist'), but was 'dist'",
                "cdnPurge cdn: SCW, paths: [a: '/a']", "paths: must be a list, an array, a set, or a text with",
                "cdnPurge cdn: keycdn(credentialsId: 'scw', zoneId: [1]), all: true",
                        "zoneId: must be a text or a number, but was of the type ",
                "cdnPurge cdn: varnish(urls: true), all: true", "urls: must be a list, an array, a set, or a text with",
                "pipelineClearStorage pipeline: ['orders']",
                        "pipeline: must be a text or a number, but was of the type ",
                "pipelineClearStorage(['orders'])", "pipeline: must be a text or a number, but was of the type ");
        List<String> steps = List.copyOf(lines.keySet());
        List<String> errors = jobs.failures(steps);
        for (int i = 0; i < steps.size(); i++) {
            assertTrue(errors.get(i).startsWith(lines.get(steps.get(i))), errors.get(i));
        }
        assertEquals(0, services.requests());
    }

    @Test
    void misspelledParameterIsOneLineThatNamesTheRightOne() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: SCW, paths: '/a', dryrun: true",
                        "dryrun: is not a parameter of cdnPurge; did you mean 'dryRun'?",
                "cdnPurge cdn: scaleway(credentialId: 'scw'), paths: '/a'",
                        "credentialId: is not a parameter of scaleway; did you mean 'credentialsId'?",
                "cdnPurge cdn: SCW, changes: changedFiles(directory: 'dist')",
                        "directory: is not a parameter of changedFiles; did you mean 'dir'?",
                "cdnPurgeStatus cdn: SCW, id: 'x'",
                        "id: is not a parameter of cdnPurgeStatus; did you mean 'requestId'?",
                "cdnVerify url: ['https://www.example.org/'], body: 'x'",
                        "url: is not a parameter of cdnVerify; did you mean 'urls'?"));
    }

    /** What is like none of the parameters gets all of their names. */
    @Test
    void otherNameIsOneLineWithAllParameters() throws Exception {
        assertLines(
                Map.of(
                        "cdnPurgeHistory cdn: SCW, max: 5",
                                "max: is not a parameter of cdnPurgeHistory, which has: cdn, layer, limit, order, timeout",
                        "cdnPurge cdn: cloudflare(credentialsId: 'scw', token: 'x'), all: true",
                                "token: is not a parameter of cloudflare, which has: credentialsId, zoneId, apiUrl, urlsPerRequest"));
    }

    @Test
    void nullForDryRunDoesNotPurge() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: SCW, paths: '/a', dryRun: env.DRY_RUN",
                "dryRun: must be true or false, but was 'null'"));
    }

    /** Something of another kind, or as scripts were written before there were symbols. */
    @Test
    void wrongKindOfArgumentIsOneLine() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: changedFiles('dist'), paths: '/a'",
                        "cdn: must be written with parentheses, such as site(…), but was 'changedFiles(…)'",
                "cdnPurge cdn: SCW, changes: site('www')",
                        "changes: must be written with parentheses, such as changedFiles(…), but was 'site(…)'",
                "cdnPurge cdn: [$class: 'Fastly', serviceId: 'x'], paths: '/a'",
                        "cdn: must be written with parentheses, such as site(…), but was 'Fastly'",
                "withEnv([\"CDN=${site('www')}\"]) { cdnPurge cdn: env.CDN, paths: '/a' }",
                        "cdn: is the text '@site(<anonymous>=www)'; environment and parameters of a build hold texts only, so write it in the step or keep it in a variable of the script",
                "cdnPurge cdn: squid(url: ['http://a.example.org', 'http://b.example.org']), paths: '/a'",
                        "url: takes one text; use urls for several"));
    }

    @Test
    void symbolInPlaceOfAParameterIsOneLineThatNamesTheParameter() throws Exception {
        assertLines(Map.of(
                "cdnPurge site: 'www', paths: '/a'", "site: is not a parameter of cdnPurge; use cdn: site(…)",
                "cdnPurge cdn: SCW, changedFiles: 'dist'",
                        "changedFiles: is not a parameter of cdnPurge; use changes: changedFiles(…)",
                "cdnVerify cdn: SCW, paths: '/a', body: 'x'",
                        "site: is required, such as site: 'www'; paths are those of a site"));
    }

    /** The parameters of a step and those of its CDN are easily confused. */
    @Test
    void parameterInTheWrongPlaceIsOneLineThatNamesThePlace() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: fastly(credentialsId: 'scw', serviceId: 'x', tags: ['a'])",
                        "tags: is a parameter of cdnPurge; it belongs after the parentheses of fastly(…)",
                "cdnPurge cdn: fastly(serviceId: 'x'), credentialsId: 'scw', tags: ['a']",
                        "credentialsId: belongs inside the parentheses of fastly(…)",
                "cdnPurge cdn: fastly('x'), tags: ['a']",
                        "fastly: needs the names of its parameters, such as fastly(credentialsId: …)",
                "cdnVerify site: site('www'), paths: ['/']", "site: must be a text in quotes, but was site(…)"));
    }

    @Test
    void whatIsNoCdnIsOneLineThatSaysHowToWriteOne() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: 'www', all: true",
                        "cdn: must be written with parentheses, such as site('www'), but was 'www'",
                "cdnPurge cdn: \"site('www')\", all: true",
                        "cdn: must be written without quotes, but was 'site('www')'",
                "cdnPurge cdn: [SCW, SCW], all: true", "cdn: takes one, but was a list; use a step for each",
                "cdnPurge cdn: [site: 'www'], all: true",
                        "cdn: must be written with parentheses, such as site(…), but was of the type LinkedHashMap",
                "cdnPurge cdn: 5, all: true",
                        "cdn: must be written with parentheses, such as site(…), but was of the type Integer"));
    }

    @Test
    void numberThatIsTooLargeIsOneLine() throws Exception {
        assertLines(Map.of(
                "cdnPurge cdn: SCW, paths: '/a', timeout: 99999999999",
                "timeout: must be a smaller number, but was '99999999999'",
                "cdnPurge cdn: SCW, paths: '/a', timeout: '1e999999999'",
                "timeout: must be a smaller number, but was '1e999999999'"));
    }

    private void assertLines(Map<String, String> lines) throws Exception {
        List<String> steps = List.copyOf(lines.keySet());
        assertEquals(steps.stream().map(lines::get).toList(), jobs.failures(steps));
        assertEquals(0, services.requests());
    }

    /** An undefined parameter of a build is null: it is not given. */
    @Test
    void nullIsNotGiven() throws Exception {
        jobs.succeed("""
                cdnPurge cdn: SCW, paths: '/a', urls: null, tags: env.NOPE, prefixes: null, hosts: null, changes: null
                cdnPurgeHistory cdn: SCW, order: null
                """);
        assertEquals(List.of(List.of("/a")), purged());
        services.scaleway.purgeRequests();
        List<String> errors = jobs.failures(
                List.of("cdnPurge cdn: SCW, paths: params.PATHS", "cdnVerify urls: null, paths: null, body: 'x'"));
        assertTrue(errors.get(0).startsWith("paths: is required; "), errors.get(0));
        assertTrue(errors.get(1).startsWith("urls: is required"), errors.get(1));
        WorkflowRun run = jobs.run(Result.FAILURE, inDeclarative("cdnPurge cdn: SCW, paths: params.PATHS"));
        j.assertLogContains("paths: is required; ", run);
        j.assertLogNotContains("NullPointerException", run);
    }

    /** Declarative checks the names before the build starts. */
    @Test
    void declarativePipelineNamesTheRightParameter() throws Exception {
        Map<String, String> lines = Map.of(
                "cdnPurge cdn: SCW, path: ['/a']", "Invalid parameter \"path\", did you mean \"paths\"?",
                "cdnPurgeHistory cdn: SCW, limits: 5", "Invalid parameter \"limits\", did you mean \"limit\"?",
                "cdnPurgeStatus cdn: SCW, requestid: 'x', requestId: 'x'",
                        "Invalid parameter \"requestid\", did you mean \"requestId\"?",
                "cdnVerify urls: ['https://www.example.org/'], bodi: 'x'",
                        "Invalid parameter \"bodi\", did you mean \"body\"?",
                "cdnChanges cdn: SCW, change: changedFiles('dist'), changes: changedFiles('dist')",
                        "Invalid parameter \"change\", did you mean \"changes\"?");
        WorkflowRun run = jobs.run(Result.FAILURE, inDeclarative(String.join("\n", lines.keySet())));
        for (String line : lines.values()) {
            j.assertLogContains(line, run);
        }
        j.assertLogNotContains("DataBoundConstructor", run);
        WorkflowRun nested = jobs.run(
                Result.FAILURE,
                inDeclarative("cdnPurge cdn: scaleway(credentialId: 'scw', pipelineId: 'x'), paths: ['/a']"));
        j.assertLogContains("did you mean", nested);
        j.assertLogNotContains("DataBoundConstructor", nested);
        assertEquals(0, services.requests());
    }

    @Test
    void missingCdnIsOneLine() throws Exception {
        assertEquals("changes: is required", PipelineJobs.error(jobs.run(Result.FAILURE, "node { cdnChanges() }")));
        String line = "cdn: is required; name a CDN, such as site('www') or scaleway(…)";
        String steps = PipelineJobs.failing(
                List.of("cdnPurge paths: ['/a']", "cdnPurgeHistory()", "cdnPurgeStatus requestId: 'x'"));
        assertEquals(List.of(line, line, line), PipelineJobs.errors(jobs.run(Result.FAILURE, inDeclarative(steps))));
        assertEquals(0, services.requests());
    }

    private static String inDeclarative(String step) {
        return "pipeline { agent none; stages { stage('A') { steps { %s } } } }".formatted(step);
    }

    private List<List<String>> purged() {
        int demo = DATA.scaleway(Instant::now).purgeRequests().size();
        return services.scaleway.purgeRequests().stream()
                .skip(demo)
                .map(RecordedScalewayPurge::assets)
                .toList();
    }
}
