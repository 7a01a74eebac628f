/**
 * bunny.net's purges, and its pull zones. Describes calls and reads answers; the operation in {@code operation.bunny}
 * decides which to make.
 */
package io.jenkins.plugins.cachepurge.client.bunny;
