package io.jenkins.plugins.cachepurge.changes;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Remembers the files of a build that has succeeded, where that was to wait for its end, and deletes the manifests. Not
 * earlier: Pipeline does not report when it has saved the end of a step.
 */
@Extension
public final class BaselineRunListener extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(BaselineRunListener.class.getName());

    private interface FileAction {
        void apply(Path file) throws IOException;
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        if (run.getResult() == Result.SUCCESS) {
            forEach(run, PlanFile.ALL_PLANS, file -> remember(run, new PlanFile(run, PlanFile.idOf(file))));
        }
    }

    private static void remember(Run<?, ?> run, PlanFile file) throws IOException {
        Optional<ChangesPlan> plan =
                file.load().filter(saved -> saved.remembering() == ChangesConsumer.Remembering.BUILD);
        if (plan.isPresent()) {
            new BaselineUpdate(run, file).apply(plan.get());
        }
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        forEach(run, PlanFile.ALL_MANIFESTS, Files::deleteIfExists);
    }

    private static void forEach(Run<?, ?> run, String pattern, FileAction action) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(run.getRootDir().toPath(), pattern)) {
            for (Path file : files) {
                action.apply(file);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read or delete the changed files of " + run);
        }
    }
}
