package io.jenkins.plugins.cachepurge.manifest;

import java.io.IOException;

/** Thrown for a directory without a correct manifest. The message says why, in one line for the user. */
public final class UnreadableDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong and what to do, such as "dist does not exist in the workspace" */
    public UnreadableDirectoryException(String problem) {
        super(problem);
    }
}
