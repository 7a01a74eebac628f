package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Result;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Warning on a step in the views of a Pipeline. The build's result stays as it is. */
final class StepViewWarning {

    private static final Logger LOGGER = Logger.getLogger(StepViewWarning.class.getName());

    private StepViewWarning() {}

    /** Adds the warning of a result, if it has one, without the secrets that the console masks. May block. */
    static void add(StepContext context, OperationResult result, OperationReport report) {
        result.warning().map(LocalizedText::toString).map(report::masked).ifPresent(warning -> add(context, warning));
    }

    /** A warning that cannot be saved is logged: what it warns of has been done. */
    private static void add(StepContext context, String message) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save the warning: " + message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
