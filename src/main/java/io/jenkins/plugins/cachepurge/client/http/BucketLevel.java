package io.jenkins.plugins.cachepurge.client.http;

import java.time.Duration;

/**
 * What a service says of one of its token buckets.
 *
 * @param capacity tokens of a full bucket, 1 or more
 * @param refill how long it takes until one more token is there, more than zero
 * @param remaining tokens that are left, 0 or more
 */
public record BucketLevel(long capacity, Duration refill, long remaining) {}
