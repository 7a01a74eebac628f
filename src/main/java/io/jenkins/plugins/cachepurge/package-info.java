/**
 * The plugin Cache Purge. Its rooms point one way: {@code steps}, {@code freestyle} → {@code cdn}, {@code credentials},
 * {@code config} → {@code operation} → {@code client}; the last two know nothing of Jenkins.
 */
package io.jenkins.plugins.cachepurge;
