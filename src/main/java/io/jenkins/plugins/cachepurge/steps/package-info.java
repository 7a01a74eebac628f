/**
 * The Pipeline steps, and the execution they share. Called by Pipeline only.
 */
package io.jenkins.plugins.cachepurge.steps;
