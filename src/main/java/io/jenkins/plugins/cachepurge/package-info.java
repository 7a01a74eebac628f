/**
 * The plugin Cache Purge. Dependencies point one way: {@code steps} → {@code cdn} → {@code config} → {@code engine} →
 * {@code operation} → {@code client}. API for other plugins: {@code cdn}, and what docs/adding-a-cdn.md uses.
 */
package io.jenkins.plugins.cachepurge;
