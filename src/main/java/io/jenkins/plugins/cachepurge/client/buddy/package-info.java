/**
 * Buddy's REST API as far as caches and delayed executions go. Describes calls and reads answers; the operations in
 * {@code operation.buddy} decide which to make.
 */
package io.jenkins.plugins.cachepurge.client.buddy;
