/**
 * One HTTP exchange: request, response, errors, limits and redaction; independent of Jenkins and of services.
 * API for other plugins: {@code ApiCall}, {@code ApiRequest}, {@code ApiUrl}, {@code Signer}, {@code TokenExchange}, {@code QuotaSpec}.
 */
package io.jenkins.plugins.cachepurge.client.http;
