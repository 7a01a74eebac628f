/**
 * The operations of a build, for its page and the REST API.
 * Internal: called by steps and build steps.
 */
package io.jenkins.plugins.cachepurge.report;
