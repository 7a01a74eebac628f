package io.jenkins.plugins.cachepurge.report;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * A step that has no operation, since one of its parameters was refused: the page of its build has to say so, too.
 *
 * @param name for people, such as "cdnPurge" or "Purge CDN cache"
 */
public record RefusedStep(LocalizedText name, Instant startedAt) {

    private static final String SERVICE = "Jenkins";

    /**
     * A step of a Pipeline.
     *
     * @param startedMillis since 1970
     */
    public static RefusedStep of(StepDescriptor step, long startedMillis) {
        return new RefusedStep(
                LocalizedText.inOneLanguage(step.getFunctionName()), Instant.ofEpochMilli(startedMillis));
    }

    /**
     * Records it like an operation. Does no I/O.
     *
     * @param id unique in the build
     * @param redactor masks the secrets that the build's console masks
     */
    public OperationReport begin(Run<?, ?> run, String id, UnaryOperator<String> redactor) {
        return CachePurgeAction.begin(
                run, id, new OperationDescription(SERVICE, OperationKind.STEP, name), startedAt, redactor);
    }
}
