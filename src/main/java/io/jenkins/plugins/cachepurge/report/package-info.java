/**
 * What a build's page and the REST API tell about its operations.
 * Told by steps and build steps; asks nobody.
 */
package io.jenkins.plugins.cachepurge.report;
