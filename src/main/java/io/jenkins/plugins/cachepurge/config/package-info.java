/**
 * What an administrator decides for all jobs: approved URLs; and the one HTTP client that all operations share.
 * Called by steps, build steps, credentials and the CDN providers.
 */
package io.jenkins.plugins.cachepurge.config;
