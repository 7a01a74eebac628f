/**
 * Exchanges made by the agent on which a build runs: which agent that is, and the way to it and back over its connection
 * with Jenkins. Internal.
 */
package io.jenkins.plugins.cachepurge.agent;
