package io.jenkins.plugins.cachepurge.manifest;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What tells without reading it that a file is the same as before.
 *
 * @param size in bytes
 * @param modifiedNanos when it was modified, in nanoseconds since 1970
 * @param key device and inode; empty where there is none
 */
record FileStamp(long size, long modifiedNanos, String key) {

    static FileStamp of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "" : key.toString());
    }
}
