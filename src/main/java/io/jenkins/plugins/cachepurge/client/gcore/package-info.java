/**
 * Gcore CDN's purges and their history. Describes calls and reads answers; the operation in {@code operation.gcore}
 * decides which to make.
 */
package io.jenkins.plugins.cachepurge.client.gcore;
