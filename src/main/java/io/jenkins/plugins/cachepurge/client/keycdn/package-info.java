/**
 * KeyCDN's purges of a zone. Describes calls and reads answers; the operation in {@code operation.keycdn} decides which to
 * make.
 */
package io.jenkins.plugins.cachepurge.client.keycdn;
