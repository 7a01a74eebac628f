package io.jenkins.plugins.cachepurge.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stands before a service, records every request, and lets some of them go wrong. Thread safe. */
public final class FaultInjectingService implements SimService {

    private record Rule(Predicate<SimRequest> which, Fault fault, boolean once) {}

    private final SimService inner;
    private final List<Rule> rules = new ArrayList<>();
    private final List<SimRequest> requests = new ArrayList<>();

    /** A wrapper that lets everything through until told otherwise. */
    public FaultInjectingService(SimService inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public SimResponse handle(SimRequest request) {
        Optional<Fault> fault = recordAndChoose(request);
        return fault.map(found -> found.apply(request, () -> inner.handle(request)))
                .orElseGet(() -> inner.handle(request));
    }

    /** The next request goes wrong. Several calls queue up, a request each. */
    public FaultInjectingService failNext(Fault fault) {
        return failNext(request -> true, fault);
    }

    /** The next request of a kind goes wrong. */
    public synchronized FaultInjectingService failNext(Predicate<SimRequest> which, Fault fault) {
        rules.add(new Rule(which, fault, true));
        return this;
    }

    /** All requests of a kind go wrong until {@link #heal()}; what {@link #failNext(Fault)} queued comes first. */
    public synchronized FaultInjectingService failEvery(Predicate<SimRequest> which, Fault fault) {
        rules.add(new Rule(which, fault, false));
        return this;
    }

    /** Forgets all faults, the queued ones too. */
    public synchronized void clearFaults() {
        rules.clear();
    }

    /** All requests so far, oldest first. */
    public synchronized List<SimRequest> requests() {
        return List.copyOf(requests);
    }

    /** All requests so far with a method. */
    public List<SimRequest> requests(String method) {
        return requests(request -> request.method().equals(method));
    }

    /** All requests so far of a kind. */
    public List<SimRequest> requests(Predicate<SimRequest> which) {
        return requests().stream().filter(which).toList();
    }

    private synchronized Optional<Fault> recordAndChoose(SimRequest request) {
        requests.add(request);
        Iterator<Rule> queued = rules.iterator();
        while (queued.hasNext()) {
            Rule rule = queued.next();
            if (rule.once() && rule.which().test(request)) {
                queued.remove();
                return Optional.of(rule.fault());
            }
        }
        return rules.stream()
                .filter(rule -> !rule.once() && rule.which().test(request))
                .findFirst()
                .map(Rule::fault);
    }
}
