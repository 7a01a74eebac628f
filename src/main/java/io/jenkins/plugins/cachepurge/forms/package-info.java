/**
 * What the fields of forms check, list and test, and for whom.
 * Called by steps and the CDN providers.
 */
package io.jenkins.plugins.cachepurge.forms;
