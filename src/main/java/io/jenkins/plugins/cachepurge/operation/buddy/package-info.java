/**
 * What can be asked of Buddy: to clear a pipeline's cache, and to run a scheduled execution now.
 * Made by the steps; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.buddy;
