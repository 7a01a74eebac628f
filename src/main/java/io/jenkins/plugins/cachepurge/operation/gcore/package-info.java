/**
 * What can be asked of Gcore CDN: to purge a CDN resource.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.gcore;
