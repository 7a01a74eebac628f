/**
 * What can be asked of KeyCDN: to purge a zone.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.keycdn;
