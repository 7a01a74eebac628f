/**
 * Feldera's pipeline manager as far as stopping a pipeline and clearing its storage go. Describes calls and reads
 * answers; the operation in {@code operation.feldera} decides which to make.
 */
package io.jenkins.plugins.cachepurge.client.feldera;
