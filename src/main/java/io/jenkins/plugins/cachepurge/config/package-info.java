/**
 * What an administrator decides for all jobs, and the one HTTP client they share. Called by steps and build steps.
 */
package io.jenkins.plugins.cachepurge.config;
