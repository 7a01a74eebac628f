package io.jenkins.plugins.cachepurge.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.BuildStep;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.steps.CdnPurgeStep;
import io.jenkins.plugins.cachepurge.steps.CdnVerifyStep;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs whose config.xml was written by hand, and has fewer elements than one that Jenkins wrote. */
@ExtendWith(SharedJenkins.class)
class IncompleteXmlTest {

    private JenkinsRule j;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        j = rule;
    }

    private static List<Class<? extends CdnProvider>> providers() {
        return Jenkins.get().getDescriptorList(CdnProvider.class).stream()
                .<Class<? extends CdnProvider>>map(each -> each.clazz)
                .toList();
    }

    private static List<? extends Class<?>> own(List<? extends BuildStepDescriptor<?>> all) {
        return all.stream()
                .map(each -> each.clazz)
                .filter(each -> each.getPackage() == IncompleteXmlTest.class.getPackage())
                .toList();
    }

    private static List<? extends Class<?>> builders() {
        return own(descriptors(Builder.class));
    }

    private static List<? extends Class<?>> publishers() {
        return own(descriptors(Publisher.class));
    }

    private static <T extends BuildStep & hudson.model.Describable<T>>
            List<? extends BuildStepDescriptor<?>> descriptors(Class<T> type) {
        return Jenkins.get().<T, Descriptor<T>>getDescriptorList(type).stream()
                .filter(BuildStepDescriptor.class::isInstance)
                .<BuildStepDescriptor<?>>map(each -> (BuildStepDescriptor<?>) each)
                .toList();
    }

    private FreeStyleBuild build(Result result, String builders, String publishers) throws Exception {
        String xml =
                "<project><builders>%s</builders><publishers>%s</publishers></project>".formatted(builders, publishers);
        FreeStyleProject job = (FreeStyleProject) j.jenkins.createProjectFromXML(
                "job" + j.jenkins.getItems().size(), new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return j.buildAndAssertStatus(result, job);
    }

    private static List<String> errors(FreeStyleBuild build) throws Exception {
        List<String> lines = build.getLog(10_000);
        assertFalse(
                lines.stream().anyMatch(line -> line.startsWith("\tat ") || line.contains("Exception")),
                lines::toString);
        return lines.stream().filter(line -> line.startsWith("ERROR: ")).toList();
    }

    private static String element(Class<?> type, String content) {
        return "<%1$s>%2$s</%1$s>".formatted(type.getName(), content);
    }

    /** An element of a field whose type is abstract. */
    private static String of(String field, Class<?> type, String content) {
        return "<%1$s class='%2$s'>%3$s</%1$s>".formatted(field, type.getName(), content);
    }

    private static Class<?> typeOf(String parameter, Class<?> owner) {
        return DescribableModel.of(owner).getParameter(parameter).getErasedType();
    }

    /** What is missing is named, or has its default: what follows then is that nothing is configured. */
    @Test
    void cdnWithoutElements() throws Exception {
        StringBuilder steps = new StringBuilder();
        for (Class<?> provider : providers()) {
            for (String selection : List.of(
                    "<all>true</all>",
                    "<paths><string>/a</string></paths>",
                    "<urls><string>https://www.example.org/a</string></urls>")) {
                String cdn =
                        of("step", CdnPurgeStep.class, "<cdn class='%s'/>%s".formatted(provider.getName(), selection));
                steps.append(element(CdnPurgeBuilder.class, cdn + "<whenFailed>LOG</whenFailed>"));
            }
        }
        List<String> errors = errors(build(Result.SUCCESS, steps.toString(), ""));
        assertEquals(3 * providers().size(), errors.size(), errors::toString);
        assertTrue(errors.stream().allMatch(line -> line.matches("ERROR: [^:]+: .*")), errors::toString);
    }

    @Test
    void stepWithoutElements() throws Exception {
        for (Class<?> builder : builders()) {
            assertEquals(
                    List.of("ERROR: step: is required; config.xml has none, or one without its class"),
                    errors(build(Result.FAILURE, element(builder, ""), "")));
            String step = of("step", typeOf("step", builder), "");
            List<String> errors = errors(build(Result.FAILURE, element(builder, step), ""));
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(errors.get(0).matches("ERROR: (?!step)[^:]+: .*"), errors::toString);
        }
        assertEquals(5, builders().size());
    }

    @Test
    void postBuildActionWithoutElements() throws Exception {
        for (Class<?> publisher : publishers()) {
            Class<?> builder = typeOf("builder", publisher);
            for (String content : List.of(
                    "", of("builder", builder, ""), of("builder", builder, of("step", typeOf("step", builder), "")))) {
                List<String> errors = errors(build(Result.FAILURE, "", element(publisher, content)));
                assertEquals(1, errors.size(), publisher + content + errors);
                assertTrue(errors.get(0).contains(": "), errors::toString);
            }
        }
        assertEquals(5, publishers().size());
    }

    @Test
    void resultThatThereIsNot() throws Exception {
        for (String whenFailed : List.of("", "<whenFailed/>", "<whenFailed>maybe</whenFailed>")) {
            List<String> errors = errors(build(
                    Result.FAILURE,
                    element(CdnPurgeBuilder.class, of("step", CdnPurgeStep.class, "") + whenFailed),
                    ""));
            assertEquals(
                    List.of("ERROR: CDN: is required; name a CDN, such as site('www') or scaleway(\u2026)"), errors);
        }
    }

    @Test
    void timeWithoutClass() throws Exception {
        CachePurgeConfiguration.get().setAllowedApiUrls(List.of("https://www.example.org"));
        List<String> errors = errors(build(
                Result.FAILURE,
                element(
                        CdnVerifyBuilder.class,
                        of(
                                "step",
                                CdnVerifyStep.class,
                                "<urls><string>https://www.example.org/</string></urls><newerThan>yesterday</newerThan>")),
                ""));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("ERROR: Stored after: must be a time such as "), errors::toString);
        assertTrue(errors.get(0).endsWith("but was 'yesterday'"), errors::toString);
    }

    /** Jenkins creates an object from XML without its constructor. */
    @Test
    void missingElementsHaveTheDefaultsOfAJenkinsfile() throws Exception {
        List<Class<?>> types = new ArrayList<>(providers());
        types.add(ChangedFiles.class);
        builders().forEach(builder -> types.add(typeOf("step", builder)));
        assertTrue(types.size() > 20, types::toString);
        for (Class<?> type : types) {
            assertEquals(Set.of(), different(type), type::getName);
        }
    }

    /** Optional parameters that have another value than in an object that its constructor created. */
    private static <T> Set<String> different(Class<T> type) {
        DescribableModel<T> model = DescribableModel.of(type);
        T read = type.cast(Jenkins.XSTREAM2.fromXML("<%s/>".formatted(type.getName())));
        Map<String, ?> arguments = model.uninstantiate2(read).getArguments();
        Set<String> different = new LinkedHashSet<>(arguments.keySet());
        different.remove("timeout"); // Null stands for the step's default.
        model.getParameters().stream()
                .filter(DescribableParameter::isRequired)
                .map(DescribableParameter::getName)
                .forEach(different::remove);
        return different;
    }
}
