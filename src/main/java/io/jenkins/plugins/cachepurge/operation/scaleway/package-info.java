/**
 * What can be asked of Scaleway Edge Services: to purge a pipeline's cache, and to tell of earlier purges.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.scaleway;
