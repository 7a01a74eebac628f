package io.jenkins.plugins.cachepurge.simulator;

import java.util.function.Function;

/** The model of a service, without any network. Implementations are thread safe. */
public interface SimService {

    /** What the service is called, for people. */
    String name();

    /** What the service answers, and the effects of having been asked. */
    SimResponse handle(SimRequest request);

    /** A website, or another service with few answers. */
    static SimService of(String name, Function<SimRequest, SimResponse> answers) {
        return new SimService() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public SimResponse handle(SimRequest request) {
                return answers.apply(request);
            }
        };
    }
}
