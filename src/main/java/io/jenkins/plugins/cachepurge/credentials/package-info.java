/**
 * Credentials lookup, and the Gotipath credentials type. API for other plugins: {@code ServiceEndpoint},
 * {@code CredentialsReference} and its implementations; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.credentials;
