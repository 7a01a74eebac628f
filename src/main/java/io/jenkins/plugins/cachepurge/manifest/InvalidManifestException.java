package io.jenkins.plugins.cachepurge.manifest;

import java.io.IOException;

/** Thrown for a manifest that an honest agent does not send. The message says what is wrong, in one line. */
public final class InvalidManifestException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with it, such as "the path 'a/../b' is not valid" */
    public InvalidManifestException(String problem) {
        super(problem);
    }
}
