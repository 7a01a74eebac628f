/**
 * What can be asked of Gotipath CDN: to purge a distribution.
 */
package io.jenkins.plugins.cachepurge.operation.gotipath;
