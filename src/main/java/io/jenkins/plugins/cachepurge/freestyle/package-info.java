/**
 * Build steps and post-build actions, each with a Pipeline step that has its parameters, form, help and checks.
 * Internal: called by Jenkins only.
 */
package io.jenkins.plugins.cachepurge.freestyle;
