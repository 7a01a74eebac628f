/**
 * Global configuration, and the runtime that all operations share: HTTP client, timer, threads and quotas.
 * API for other plugins: {@code CachePurgeConfiguration}, which approves URLs; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.config;
