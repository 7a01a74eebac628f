/**
 * What can be asked of Feldera: to clear a pipeline's storage, after stopping the pipeline where that is wanted.
 * Made by the steps; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.feldera;
