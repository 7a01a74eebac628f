/**
 * What {@code ./demo} runs: every operation against simulated services, with a Jenkins or without one.
 */
package io.jenkins.plugins.cachepurge.demo;
