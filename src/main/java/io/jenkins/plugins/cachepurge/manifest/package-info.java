/**
 * Files of a directory with their digests, their comparison, and the pages that change with them; independent of
 * Jenkins. Internal: used by {@code changedFiles}.
 */
package io.jenkins.plugins.cachepurge.manifest;
