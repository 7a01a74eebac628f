/**
 * Sites and their layers: settings, lookup for a job, and the provider behind {@code site('www')}.
 * API for other plugins: {@code Sites} and {@code SiteSnapshot}; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.site;
