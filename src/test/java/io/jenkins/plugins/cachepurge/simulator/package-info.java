/**
 * Simulators of the four services, for tests, for a demo ({@link
 * io.jenkins.plugins.cachepurge.simulator.Simulators}), and for any other client that is pointed at them.
 *
 * <p>They know nothing of the plugin. A simulator is a model without network ({@link
 * io.jenkins.plugins.cachepurge.simulator.SimService}) whose state follows from a clock that it is given; {@link
 * io.jenkins.plugins.cachepurge.simulator.FaultInjectingService} lets requests go wrong, {@link
 * io.jenkins.plugins.cachepurge.simulator.SimServer} serves either over HTTP.
 */
package io.jenkins.plugins.cachepurge.simulator;
