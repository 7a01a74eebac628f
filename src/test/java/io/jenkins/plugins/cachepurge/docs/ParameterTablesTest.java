package io.jenkins.plugins.cachepurge.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.TaskListener;
import io.jenkins.plugins.cachepurge.SharedJenkins;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.cdn.ScalewayProvider;
import io.jenkins.plugins.cachepurge.changes.ChangedFiles;
import io.jenkins.plugins.cachepurge.docs.Documents.Row;
import io.jenkins.plugins.cachepurge.steps.CdnChangesStep;
import io.jenkins.plugins.cachepurge.steps.CdnStep;
import io.jenkins.plugins.cachepurge.steps.OperationStep;
import io.jenkins.plugins.cachepurge.steps.OperationStepDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The tables of parameters name what the steps take: all of it, whether it must be there, and what it is by default. */
@ExtendWith(SharedJenkins.class)
class ParameterTablesTest {

    private static final Path STEPS = Documents.DOCS.resolve("steps");

    /** As the tables have it. */
    private record Parameter(String name, String required, String standard) {}

    @Test
    void theTablesAreTheCode(@SuppressWarnings("unused") JenkinsRule j) throws Exception {
        List<OperationStepDescriptor> steps = StepDescriptor.all().stream()
                .filter(OperationStepDescriptor.class::isInstance)
                .map(OperationStepDescriptor.class::cast)
                .toList();
        Set<String> pages = new TreeSet<>();
        for (OperationStepDescriptor step : steps) {
            Path page = STEPS.resolve(step.getFunctionName() + ".md");
            assertEquals(parameters(step.clazz), table(page, "Parameters"), page::toString);
            pages.add(page.getFileName().toString());
        }
        assertAll(Jenkins.get().getDescriptorList(CdnProvider.class).stream().map(cdn -> () -> {
            String symbol = ((CdnProviderDescriptor) cdn).symbolName();
            assertEquals(parameters(cdn.clazz), table(page(symbol), "Parameters of " + symbol), symbol);
        }));
        assertEquals(
                parameters(ChangedFiles.class),
                table(Documents.DOCS.resolve("changes.md"), "Parameters of changedFiles"));
        try (Stream<Path> files = Files.list(STEPS)) {
            assertEquals(
                    pages,
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** Where a CDN is told of: at its step, or on a page of its own. */
    private static Path page(String symbol) {
        Path own = Documents.DOCS.resolve("cdns").resolve(symbol.toLowerCase(Locale.ROOT) + ".md");
        return Files.exists(own) ? own : STEPS.resolve("cdnPurge.md");
    }

    private static Set<Parameter> table(Path page, String title) {
        return Documents.rows(page).stream()
                .filter(row -> row.title().equals(title))
                .map(ParameterTablesTest::parameter)
                .collect(Collectors.toSet());
    }

    private static Parameter parameter(Row row) {
        return new Parameter(row.name(0), row.name(1), row.name(2));
    }

    private static <T> Set<Parameter> parameters(Class<T> type) throws Exception {
        DescribableModel<T> model = DescribableModel.of(type);
        Map<String, Object> required = new HashMap<>();
        for (DescribableParameter parameter : model.getParameters()) {
            if (parameter.isRequired()) {
                required.put(parameter.getName(), example(parameter.getErasedType()));
            }
        }
        T plain = model.instantiate(required, TaskListener.NULL);
        return model.getParameters().stream()
                .map(parameter -> new Parameter(
                        parameter.getName(),
                        isRequired(type, parameter) ? "yes" : "no",
                        isRequired(type, parameter) ? "" : shown(value(plain, parameter))))
                .collect(Collectors.toSet());
    }

    /** The steps themselves require what is no parameter of their constructors. */
    private static boolean isRequired(Class<?> type, DescribableParameter parameter) {
        return parameter.isRequired()
                || CdnStep.class.isAssignableFrom(type) && parameter.getName().equals("cdn")
                || type == CdnChangesStep.class && parameter.getName().equals("changes");
    }

    private static Object example(Type type) {
        if (type == ChangedFiles.class) {
            return new ChangedFiles("a");
        }
        return type == CdnProvider.class ? new ScalewayProvider("a", "b") : "a";
    }

    private static Object value(Object of, DescribableParameter parameter) {
        if (of instanceof OperationStep step && parameter.getName().equals("timeout")) {
            return step.timeoutSeconds();
        }
        String name = parameter.getCapitalizedName();
        return Stream.of(of.getClass().getMethods())
                .filter(method -> Set.of("get" + name, "is" + name).contains(method.getName()))
                .map(method -> Optional.ofNullable(invoke(method, of)))
                .findFirst()
                .orElseThrow()
                .orElse(null);
    }

    private static Object invoke(Method getter, Object of) {
        try {
            return getter.invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String shown(Object value) {
        return value == null || value instanceof Collection<?> ? "" : value.toString();
    }
}
