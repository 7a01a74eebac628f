package io.jenkins.plugins.cachepurge.operation.purge;

import java.io.Serializable;

/**
 * How to purge.
 *
 * @param soft whether to mark as stale only, instead of deleting, so that a cache may go on serving what it has until it
 *     has asked the origin
 * @param awaitEnd whether to wait until the CDN says that it is done, where it does
 */
public record PurgeOptions(boolean soft, boolean waitForCompletion) implements Serializable {}
