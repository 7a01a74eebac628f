/**
 * Client that reads pages as visitors do, and what their headers say about the caches on the way.
 * Internal.
 */
package io.jenkins.plugins.cachepurge.client.page;
