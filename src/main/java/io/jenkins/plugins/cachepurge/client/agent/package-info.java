/**
 * Exchanges that agents make: what travels, the client that runs on an agent and needs nothing but Java, and the reading of
 * its answers on the controller. Internal.
 */
package io.jenkins.plugins.cachepurge.client.agent;
