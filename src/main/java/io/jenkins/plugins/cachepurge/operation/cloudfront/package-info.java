/**
 * Invalidations of a CloudFront distribution, and its earlier ones.
 * Internal: created by the CDN providers.
 */
package io.jenkins.plugins.cachepurge.operation.cloudfront;
