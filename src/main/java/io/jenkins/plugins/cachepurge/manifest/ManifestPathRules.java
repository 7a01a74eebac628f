package io.jenkins.plugins.cachepurge.manifest;

import io.jenkins.plugins.cachepurge.input.PrintableText;

/** Rules for the paths of a manifest. */
final class ManifestPathRules {

    /** Maximum length of a path in bytes: that of Linux. */
    static final int MAX_BYTES = 4096;

    private ManifestPathRules() {}

    /** @throws InvalidManifestException if it is not a path of a file below the directory */
    static void check(String path) throws InvalidManifestException {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new InvalidManifestException("the path '%s' is not valid".formatted(PrintableText.quote(path)));
            }
        }
    }
}
