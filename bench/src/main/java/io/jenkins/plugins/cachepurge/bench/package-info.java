/**
 * How much the plugin costs, measured beside what people use otherwise. Claims are ratios within one run.
 */
package io.jenkins.plugins.cachepurge.bench;
