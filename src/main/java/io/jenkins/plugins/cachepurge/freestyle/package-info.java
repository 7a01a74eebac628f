/**
 * The steps for people who click: build steps and post-build actions. Each holds a step, whose parameters, form, help and
 * checks are its own; this room adds when it runs and what becomes of the build. Called by Jenkins only.
 */
package io.jenkins.plugins.cachepurge.freestyle;
