package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.manifest.DirectoryReader;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import java.io.Serializable;

/** What an agent sends about a directory. Whoever controls the agent may send anything. */
final class DirectoryListing implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] manifest;
    private final int linksOutside;
    private final String firstLinkOutside;

    DirectoryListing(DirectoryReader.Content content) {
        manifest = content.manifest().toBytes();
        linksOutside = content.linksOutside();
        firstLinkOutside = content.firstLinkOutside();
    }

    /** @throws InvalidManifestException if it is none */
    Manifest manifest() throws InvalidManifestException {
        if (manifest == null) {
            throw new InvalidManifestException("it is missing");
        }
        return Manifest.read(manifest);
    }

    /** Number of symbolic links that lead out of the directory. */
    int linksOutside() {
        return linksOutside;
    }

    /** One of these links, fit to print. */
    String firstLinkOutside() {
        return firstLinkOutside == null ? "" : PrintableText.quote(firstLinkOutside);
    }
}
