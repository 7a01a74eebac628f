/**
 * How a job's credentials are found and used: secret text, and the Gotipath type. Called by steps, build steps and the
 * CDN providers; hands on headers, never secrets.
 */
package io.jenkins.plugins.cachepurge.credentials;
