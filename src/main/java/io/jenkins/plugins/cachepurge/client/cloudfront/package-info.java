/**
 * Clients for Amazon CloudFront and for AWS STS, which grants temporary keys, and the signature of both.
 * Internal: used by the operations and the CDN providers.
 */
package io.jenkins.plugins.cachepurge.client.cloudfront;
