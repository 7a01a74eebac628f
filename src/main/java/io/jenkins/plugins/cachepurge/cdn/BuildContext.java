package io.jenkins.plugins.cachepurge.cdn;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import java.util.function.UnaryOperator;

/**
 * Build that parameters are checked for.
 *
 * @param run the build
 * @param executionId of the operation: unique, and the same after a restart
 * @param expander replaces the build's variables in a text
 * @param urls which URLs requests may be sent to
 */
public record BuildContext(Run<?, ?> run, String executionId, UnaryOperator<String> expander, UrlApproval urls) {

    /** Parameters of a job, which may use the approved URLs. */
    public static BuildContext of(Run<?, ?> run, String executionId, UnaryOperator<String> expander) {
        return new BuildContext(run, executionId, expander, CachePurgeConfiguration.get());
    }

    /** The text with the values of the build's variables; null for null. */
    public String expand(String text) {
        return text == null ? null : expander.apply(text);
    }
}
