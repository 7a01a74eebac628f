/**
 * Clearing of the storage of a Feldera pipeline, optionally after stopping the pipeline.
 * Internal: created by the steps.
 */
package io.jenkins.plugins.cachepurge.operation.feldera;
