package io.jenkins.plugins.cachepurge.manifest;

/**
 * File of a manifest.
 *
 * @param path below the directory, with slashes
 * @param size in bytes
 */
public record ManifestEntry(String path, long size, Sha256 digest) implements Comparable<ManifestEntry> {

    @Override
    public int compareTo(ManifestEntry other) {
        return path.compareTo(other.path);
    }
}
