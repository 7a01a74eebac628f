/**
 * What is asked for and when it is done: operations as state machines without I/O, and the session that runs one
 * against the clock. Knows nothing of Jenkins; called by steps and build steps.
 */
package io.jenkins.plugins.cachepurge.operation;
