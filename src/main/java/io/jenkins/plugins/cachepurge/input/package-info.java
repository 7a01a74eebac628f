/**
 * What people typed: checks, and messages in their language.
 * Knows nothing of Jenkins; all other packages may use it.
 */
package io.jenkins.plugins.cachepurge.input;
