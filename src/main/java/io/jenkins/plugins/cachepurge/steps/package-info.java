/**
 * The Pipeline steps, and the execution that they share.
 * Internal: called by Pipeline, and by the build steps, each of which has a step.
 */
package io.jenkins.plugins.cachepurge.steps;
