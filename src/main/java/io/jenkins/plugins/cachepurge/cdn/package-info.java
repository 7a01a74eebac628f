/**
 * What stands behind {@code cdnPurge}: the extension point for CDNs and the ones this plugin knows. Called by steps and
 * build steps; another plugin adds a CDN here.
 */
package io.jenkins.plugins.cachepurge.cdn;
