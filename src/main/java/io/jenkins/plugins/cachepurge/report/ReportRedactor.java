package io.jenkins.plugins.cachepurge.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ConsoleLogFilter;
import hudson.console.ConsoleNote;
import hudson.model.AbstractBuild;
import hudson.model.BuildableItemWithBuildWrappers;
import hudson.tasks.BuildWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Masks the secrets in texts for the build page that a build masks on its console. */
public final class ReportRedactor {

    private static final Logger LOGGER = Logger.getLogger(ReportRedactor.class.getName());
    private static final String MASK = "****";

    private ReportRedactor() {}

    private interface Decorator {
        OutputStream decorate(OutputStream console) throws IOException, InterruptedException;
    }

    /**
     * Redactor of a Pipeline build.
     *
     * @param filter of a step's context, for example from {@code withCredentials}; null if there is none
     * @param charset of the console
     */
    public static UnaryOperator<String> of(@CheckForNull ConsoleLogFilter filter, Charset charset) {
        // Pipeline itself passes null, since the type of the parameter is that of freestyle builds.
        return filter == null
                ? UnaryOperator.identity()
                : text ->
                        filtered(text, charset, console -> filter.decorateLogger((AbstractBuild<?, ?>) null, console));
    }

    /**
     * Redactor of a freestyle build: masks its sensitive variables, and the texts that build wrappers with such
     * variables mask. Other wrappers are not called, since some count the lines of the console.
     *
     * @param variables of the build
     */
    public static UnaryOperator<String> of(AbstractBuild<?, ?> build, Map<String, String> variables) {
        UnaryOperator<String> masked = masking(build.getSensitiveBuildVariables().stream()
                .map(variables::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        List<BuildWrapper> wrappers = sensitiveWrappers(build);
        return wrappers.isEmpty()
                ? masked
                : text -> masked.apply(
                        filtered(text, build.getCharset(), console -> decorated(console, wrappers, build)));
    }

    private static List<BuildWrapper> sensitiveWrappers(AbstractBuild<?, ?> build) {
        if (!(build.getProject() instanceof BuildableItemWithBuildWrappers project)) {
            return List.of();
        }
        List<BuildWrapper> sensitive = new ArrayList<>();
        for (BuildWrapper wrapper : project.getBuildWrappersList()) {
            Set<String> names = new HashSet<>();
            wrapper.makeSensitiveBuildVariables(build, names);
            if (!names.isEmpty()) {
                sensitive.add(wrapper);
            }
        }
        return sensitive;
    }

    private static OutputStream decorated(OutputStream console, List<BuildWrapper> wrappers, AbstractBuild<?, ?> build)
            throws IOException, InterruptedException {
        OutputStream decorated = console;
        for (BuildWrapper wrapper : wrappers) {
            decorated = wrapper.decorateLogger(build, decorated);
        }
        return decorated;
    }

    private static UnaryOperator<String> masking(Collection<String> secrets) {
        String anyOf = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        if (anyOf.isEmpty()) {
            return UnaryOperator.identity();
        }
        Pattern pattern = Pattern.compile(anyOf);
        return text -> pattern.matcher(text).replaceAll(MASK);
    }

    /** The text after the filters of the console; masked as a whole if they fail. */
    private static String filtered(String text, Charset charset, Decorator decorator) {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        try {
            // Not closed: that may end the masking of the whole build, as for SecretBuildWrapper.
            OutputStream decorated = decorator.decorate(console);
            decorated.write((text + "\n").getBytes(charset));
            decorated.flush();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Cannot mask secrets in a text for the build page", e);
            return MASK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MASK;
        }
        return ConsoleNote.removeNotes(console.toString(charset)).strip();
    }
}
