/**
 * What can be asked of Gotipath CDN: to purge a distribution.
 * Made by the CDN providers; run by a session.
 */
package io.jenkins.plugins.cachepurge.operation.gotipath;
