package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;

/**
 * Options of a purge.
 *
 * @param soft whether to mark as stale instead of deleting, so that a cache may serve old pages until it has
 *     revalidated them
 * @param waitForCompletion whether to wait until the CDN reports the end, if it does
 * @param executionId of this purge and no other, the same after a restart: letters and digits, for the keys by which
 *     services recognize repeated requests
 */
public record PurgeOptions(boolean soft, boolean waitForCompletion, String executionId) implements Serializable {}
