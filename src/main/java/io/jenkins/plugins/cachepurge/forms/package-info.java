/**
 * What all forms share: field checks, lists of credentials and connection tests.
 * API for other plugins: {@code VendorApi}, {@code JobForm} and {@code ConnectionCheck}; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.forms;
