/**
 * What can be asked of Fastly: to purge a service.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.fastly;
