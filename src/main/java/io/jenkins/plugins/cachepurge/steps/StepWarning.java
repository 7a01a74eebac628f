package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Result;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Warning on a step in the views of a Pipeline. The build's result stays as it is. */
final class StepWarning {

    private static final Logger LOGGER = Logger.getLogger(StepWarning.class.getName());

    private StepWarning() {}

    /** May block. A warning that cannot be saved is logged: what it warns of has been done. */
    static void add(StepContext context, String message) {
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
