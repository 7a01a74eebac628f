package io.jenkins.plugins.cachepurge.changes;

import hudson.FilePath;
import java.io.IOException;
import java.util.Optional;

/** Directory of a step on an agent. */
@FunctionalInterface
public interface WorkspaceSource {

    /**
     * The directory; may block.
     *
     * @return empty outside of a node, and if the agent is not connected
     */
    Optional<FilePath> directory() throws IOException, InterruptedException;
}
