package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;

/**
 * Options of a purge.
 *
 * @param soft whether to mark as stale instead of deleting, so that a cache may serve old pages until it has
 *     revalidated them
 * @param waitForCompletion whether to wait until the CDN reports the end, if it does
 */
public record PurgeOptions(boolean soft, boolean waitForCompletion) implements Serializable {}
