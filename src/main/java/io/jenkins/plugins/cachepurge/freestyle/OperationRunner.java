package io.jenkins.plugins.cachepurge.freestyle;

import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.engine.BlockingDriver;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.engine.ProgressListener;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.engine.OperationSession;
import io.jenkins.plugins.cachepurge.report.CachePurgeAction;
import io.jenkins.plugins.cachepurge.report.OperationReport;
import io.jenkins.plugins.cachepurge.steps.PreparedOperation;
import io.jenkins.plugins.cachepurge.steps.OperationStep;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

/** Runs a step's operation on the executor's thread, which a freestyle build holds anyway. */
final class OperationRunner {

    private static final Clock CLOCK = Clock.systemUTC();

    private final AbstractBuild<?, ?> build;
    private final BuildListener listener;

    OperationRunner(AbstractBuild<?, ?> build, BuildListener listener) {
        this.build = build;
        this.listener = listener;
    }

    /**
     * @return whether the build goes on
     * @throws InterruptedException where the build was aborted
     */
    boolean perform(OperationStep step, WhenFailed whenFailed) throws IOException, InterruptedException {
        try {
            EnvVars variables = build.getEnvironment(listener);
            variables.overrideAll(build.getBuildVariables());
            run(step.prepare(variables::expand));
            return true;
        } catch (InvalidInputException | ApiException | CredentialsException e) {
            listener.error(e.getMessage());
            whenFailed.result().ifPresent(build::setResult);
            return whenFailed.result().filter(Result.FAILURE::equals).isEmpty();
        }
    }

    private <R extends OperationResult> void run(PreparedOperation<R> prepared)
            throws ApiException, CredentialsException, InterruptedException {
        OperationReport report = CachePurgeAction.begin(
                build, UUID.randomUUID().toString(), prepared.operation().subject(), CLOCK.instant());
        try {
            report.succeeded(drive(prepared, report.progressListener(listener.getLogger())));
        } catch (ApiException | CredentialsException e) {
            report.failed(e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            report.aborted();
            throw e;
        }
    }

    private <R extends OperationResult> R drive(PreparedOperation<R> prepared, ProgressListener narrator)
            throws ApiException, CredentialsException, InterruptedException {
        OperationSession<R> session = OperationSession.start(
                prepared.operation(), prepared.timeout(), CLOCK, new SplittableRandom(), narrator, checkpoint -> {});
        return new BlockingDriver(
                        OperationRuntime.get().transport(),
                        prepared.access().signerFor(build),
                        OperationRunner::sleepUntil,
                        narrator)
                .run(session);
    }

    private static void sleepUntil(Instant moment) throws InterruptedException {
        Duration pause = Duration.between(CLOCK.instant(), moment);
        if (!pause.isNegative()) {
            Thread.sleep(pause.toMillis());
        }
    }
}
