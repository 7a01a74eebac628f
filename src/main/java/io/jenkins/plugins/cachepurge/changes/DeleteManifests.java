package io.jenkins.plugins.cachepurge.changes;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Deletes the manifests of the purges of a build when it has ended. Not earlier: Pipeline does not report when it has saved
 * the end of a step.
 */
@Extension
public final class DeleteManifests extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(DeleteManifests.class.getName());

    @Override
    public void onFinalized(Run<?, ?> run) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(run.getRootDir().toPath(), "cache-purge-*.manifest")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot delete the manifests of " + run);
        }
    }
}
