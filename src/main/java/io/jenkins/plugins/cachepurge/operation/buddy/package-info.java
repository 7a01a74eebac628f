/**
 * What can be asked of Buddy: to clear a pipeline's cache, and to run a scheduled execution now.
 */
package io.jenkins.plugins.cachepurge.operation.buddy;
