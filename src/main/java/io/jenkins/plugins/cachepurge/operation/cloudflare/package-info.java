/**
 * What can be asked of Cloudflare: to purge a zone.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.cloudflare;
