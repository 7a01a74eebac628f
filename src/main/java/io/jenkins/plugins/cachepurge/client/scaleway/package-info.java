/**
 * Scaleway Edge Services' purge requests. Describes calls and reads answers; the operations in
 * {@code operation.scaleway} decide which to make.
 */
package io.jenkins.plugins.cachepurge.client.scaleway;
