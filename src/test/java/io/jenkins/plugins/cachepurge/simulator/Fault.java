package io.jenkins.plugins.cachepurge.simulator;

import java.util.function.Supplier;

/** Something that goes wrong between a client and a service. {@link UsualFaults} makes the usual ones. */
@FunctionalInterface
public interface Fault {

    /**
     * What the client gets instead of the service's own answer.
     *
     * @param service lets the service act, and gives its answer; a fault that does not call it keeps the request from
     *     ever reaching the service
     */
    SimResponse apply(SimRequest request, Supplier<SimResponse> service);

    /** This fault, after the service has done what was asked: the client must not think that nothing happened. */
    default Fault afterActing() {
        return (request, service) -> {
            service.get();
            return apply(request, () -> {
                throw new IllegalStateException("the service has acted already");
            });
        };
    }
}
