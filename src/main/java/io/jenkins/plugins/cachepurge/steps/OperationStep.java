package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.input.InputField;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** Step that runs an operation at a service; contains its parameters. */
public abstract class OperationStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private Integer timeout;

    /** A step whose {@link #defaultTimeout} depends on its other parameters. */
    protected OperationStep() {}

    protected OperationStep(int defaultTimeout) {
        timeout = defaultTimeout;
    }

    /**
     * The deadline for the whole operation in seconds, 1 to {@link InputField#MAX_TIMEOUT_SECONDS}; null for
     * {@link #defaultTimeout}.
     */
    public Integer getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(Integer timeout) {
        this.timeout = timeout;
    }

    @Override
    public OperationStepDescriptor getDescriptor() {
        return (OperationStepDescriptor) super.getDescriptor();
    }

    /** The deadline of a step that names none, in seconds. */
    protected int defaultTimeout() {
        return getDescriptor().getDefaultTimeout();
    }

    /** The deadline in seconds, which may be out of range. */
    public final int timeoutSeconds() {
        return timeout == null ? defaultTimeout() : timeout;
    }

    /**
     * Called once when a build starts the step, which is saved with the build after that. Looks up what must not change
     * while it runs, in memory only.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    protected void begin(Run<?, ?> run) {}

    /**
     * Checks the parameters and creates the operation. Does no I/O.
     *
     * @param context the build
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    public abstract PreparedOperation<?> prepare(BuildContext context);

    /**
     * Prepares the operation in a build. May block for a short time. A step that reads files of the build completes the
     * future later; if the future is cancelled, it stops.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    public CompletableFuture<? extends PreparedOperation<?>> prepareIn(PreparationContext context) {
        return CompletableFuture.completedFuture(prepare(context.build()));
    }

    /** The classes whose forms have its fields, the innermost first. */
    public List<Class<?>> formOwners() {
        return List.of(getClass());
    }

    /** An id that no other execution has: letters and digits. */
    public static String newExecutionId() {
        return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
    }

    final Duration checkedTimeout() {
        return InputField.timeout(timeoutSeconds());
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new OperationStepExecution(context, this);
    }
}
