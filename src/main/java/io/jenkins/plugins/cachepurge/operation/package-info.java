/**
 * Operations as state machines without I/O, and how they compose; independent of Jenkins.
 * API for other plugins: {@code Operation}, {@code State}, {@code Next}, {@code Parts} and what these need.
 */
package io.jenkins.plugins.cachepurge.operation;
