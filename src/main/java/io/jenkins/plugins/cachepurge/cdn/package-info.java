/**
 * CDNs behind {@code cdnPurge}; other plugins add theirs, see docs/adding-a-cdn.md. API: {@code CdnProvider},
 * {@code CdnTarget}, {@code CdnHistory}, {@code VendorApiProvider} and their descriptors; the providers are internal.
 */
package io.jenkins.plugins.cachepurge.cdn;
