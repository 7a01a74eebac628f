/**
 * Verification that visitors get what they should: expectations about pages, and the operation that checks them.
 * API for other plugins: {@code EdgeCheck} and {@code EdgeReport}; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.operation.verify;
