package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;

/** Website whose pages are answered as a test says: each answer of a page once, the last again and again. */
final class SimWebsite implements SimService {

    private final Map<String, Queue<Function<SimRequest, SimResponse>>> pages = new HashMap<>();

    static SimResponse page(String body) {
        return SimResponse.text(200, "text/html", body);
    }

    /** Adds an answer of a page. */
    SimWebsite answer(String path, SimResponse answer) {
        return answer(path, request -> answer);
    }

    /** Adds an answer of a page that depends on the request. */
    SimWebsite answer(String path, Function<SimRequest, SimResponse> answer) {
        pages.computeIfAbsent(path, unused -> new ArrayDeque<>()).add(answer);
        return this;
    }

    @Override
    public String name() {
        return "website";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        Queue<Function<SimRequest, SimResponse>> answers = pages.getOrDefault(request.path(), new ArrayDeque<>());
        Function<SimRequest, SimResponse> next = answers.size() > 1 ? answers.remove() : answers.peek();
        return next == null ? SimResponse.text(404, "text/html", "not found") : next.apply(request);
    }
}
