/**
 * Keeps the documentation true: what README.md and docs/ show is executed, and their tables are compared with the code.
 */
package io.jenkins.plugins.cachepurge.docs;
