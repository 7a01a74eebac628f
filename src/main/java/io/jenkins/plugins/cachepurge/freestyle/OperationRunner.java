package io.jenkins.plugins.cachepurge.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.agent.BuildAgent;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.config.FieldLabels;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.AsyncDriver;
import io.jenkins.plugins.cachepurge.engine.BlockingDriver;
import io.jenkins.plugins.cachepurge.engine.CheckpointStore;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.report.RefusedStep;
import io.jenkins.plugins.cachepurge.report.ReportRedactor;
import io.jenkins.plugins.cachepurge.steps.OperationStep;
import io.jenkins.plugins.cachepurge.steps.PreparationContext;
import io.jenkins.plugins.cachepurge.steps.PreparedOperation;
import io.jenkins.plugins.cachepurge.steps.RequestAgent;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Runs a step's operation on the executor's thread, which a freestyle build holds anyway. */
final class OperationRunner {

    private final AbstractBuild<?, ?> build;
    private final BuildListener listener;
    private final RequestAgent agent;

    OperationRunner(AbstractBuild<?, ?> build, BuildListener listener) {
        this.build = build;
        this.listener = listener;
        this.agent = new RequestAgent(Optional.of(new BuildAgent(Util.fixNull(build.getBuiltOnStr()))));
    }

    /**
     * @return whether the build continues
     * @throws InterruptedException if the build was aborted
     */
    boolean perform(OperationStep step, WhenFailed whenFailed) throws IOException, InterruptedException {
        Instant startedAt = OperationRuntime.get().clock().instant();
        try {
            EnvVars variables = build.getEnvironment(listener);
            variables.overrideAll(build.getBuildVariables());
            String id = OperationStep.newExecutionId();
            PreparedOperation<?> prepared = preparedOrRefused(step, id, startedAt, variables);
            try {
                run(prepared, id, startedAt, ReportRedactor.of(build, variables));
            } finally {
                prepared.endHandler().ended();
            }
            return true;
        } catch (InvalidInputException | ApiException | CredentialsException | AbortException e) {
            listener.error(e.getMessage());
            whenFailed.result().ifPresent(build::setResult);
            return whenFailed.result().filter(Result.FAILURE::equals).isEmpty();
        }
    }

    private PreparedOperation<?> preparedOrRefused(OperationStep step, String id, Instant startedAt, EnvVars variables)
            throws IOException, InterruptedException {
        try {
            return checked(prepared(step, BuildContext.of(build, id, variables::expand), startedAt));
        } catch (InvalidInputException e) {
            String line = new FieldLabels(step.formOwners()).message(e, Locale.ROOT);
            throw refused(step, id, startedAt, variables, new AbortException(line));
        } catch (AbortException e) {
            throw refused(step, id, startedAt, variables, e);
        }
    }

    private AbortException refused(
            OperationStep step, String id, Instant startedAt, EnvVars variables, AbortException why)
            throws IOException {
        OperationReport report = new RefusedStep(step.getDescriptor().name(), startedAt)
                .begin(build, id, ReportRedactor.of(build, variables));
        report.failed(why.getMessage());
        save(report);
        return why;
    }

    private PreparedOperation<?> checked(PreparedOperation<?> prepared) {
        try {
            agent.check(prepared);
            return prepared;
        } catch (InvalidInputException e) {
            prepared.endHandler().ended();
            throw e;
        }
    }

    private PreparedOperation<?> prepared(OperationStep step, BuildContext context, Instant startedAt)
            throws IOException, InterruptedException {
        PreparationContext preparation = PreparationContext.ofBuildStep(
                context, startedAt, () -> Optional.ofNullable(build.getWorkspace()), listener.getLogger());
        CompletableFuture<? extends PreparedOperation<?>> future = step.prepareIn(preparation);
        try {
            return future.get(step.timeoutSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            giveUp(future);
            throw new AbortException("%s was not over after %d s (timeout). Last known: %s."
                    .formatted(
                            step.getDescriptor().getFunctionName(),
                            step.timeoutSeconds(),
                            preparation.awaited().orElse("nothing was sent")));
        } catch (InterruptedException e) {
            giveUp(future);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidInputException problem) {
                throw problem;
            }
            throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
        }
    }

    private <R extends OperationResult> void run(
            PreparedOperation<R> prepared, String id, Instant startedAt, UnaryOperator<String> redactor)
            throws ApiException, CredentialsException, IOException, InterruptedException {
        OperationReport report =
                CachePurgeAction.begin(build, id, prepared.operation().description(), Instant.now(), redactor);
        prepared.endHandler().details().ifPresent(report::setDetails);
        save(report);
        try {
            R result = run(prepared, startedAt, report.progressListener(listener.getLogger()));
            report.succeeded(prepared.endHandler().succeeded(result));
        } catch (ApiException | CredentialsException | IOException e) {
            report.failed(e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            report.aborted();
            throw e;
        } finally {
            save(report);
        }
    }

    /** Gives up a preparation, which may have ended by now. */
    private static void giveUp(CompletableFuture<? extends PreparedOperation<?>> preparation) {
        preparation.cancel(true);
        if (!preparation.isCompletedExceptionally()) {
            preparation.join().endHandler().ended();
        }
    }

    /** Saves the report on another thread, so that a slow disk delays nothing. */
    private void save(OperationReport report) {
        OperationRuntime.get().executor(build).execute(() -> CachePurgeAction.save(build, report));
    }

    private <R extends OperationResult> R run(
            PreparedOperation<R> prepared, Instant startedAt, ProgressListener progress)
            throws ApiException, CredentialsException, InterruptedException {
        OperationRuntime runtime = OperationRuntime.get();
        OperationSession<R> session = OperationSession.start(
                prepared.operation(), prepared.timeout(), startedAt, runtime.clock(), runtime.retryPolicy());
        AsyncDriver.Dependencies dependencies = runtime.dependencies(
                build,
                agent.link(prepared, build, listener.getLogger()),
                prepared.signersFor(build),
                progress,
                CheckpointStore.NONE);
        return new BlockingDriver(dependencies, BlockingDriver.Waiter.THREAD).run(session);
    }
}
