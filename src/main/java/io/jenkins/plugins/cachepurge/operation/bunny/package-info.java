/**
 * What can be asked of bunny.net: to purge URLs, prefixes, tags or a pull zone.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.bunny;
