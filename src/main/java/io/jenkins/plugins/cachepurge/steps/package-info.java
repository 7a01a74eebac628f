/**
 * The Pipeline steps, and the execution they share.
 * Called by Pipeline, and by the build steps, which hold a step each.
 */
package io.jenkins.plugins.cachepurge.steps;
