/**
 * How an operation is run: sessions, drivers, retries, polls, quotas and checkpoints. Knows no service and nothing of
 * Jenkins; called by the Pipeline steps and the build steps.
 */
package io.jenkins.plugins.cachepurge.engine;
