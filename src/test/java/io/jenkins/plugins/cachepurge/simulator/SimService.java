package io.jenkins.plugins.cachepurge.simulator;

/** The model of a service, without any network. Implementations are thread safe. */
public interface SimService {

    /** What the service is called, for people. */
    String name();

    /** What the service answers, and the effects of having been asked. */
    SimResponse handle(SimRequest request);
}
