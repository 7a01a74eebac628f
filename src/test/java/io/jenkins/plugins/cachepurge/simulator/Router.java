package io.jenkins.plugins.cachepurge.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds who answers a request: by path, then by method. */
final class Router {

    /** Answers the requests of one route. */
    @FunctionalInterface
    interface Handler {
        SimResponse handle(SimRequest request, Map<String, String> path);
    }

    private record Route(String method, List<String> template, Handler handler) {

        /** The decoded values of the template's variables, or empty if this is another path. */
        Optional<Map<String, String>> match(List<String> segments) {
            if (segments.size() != template.size()) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String expected = template.get(i);
                String actual = segments.get(i);
                if (expected.startsWith("{") && !actual.isEmpty()) {
                    values.put(expected.substring(1, expected.length() - 1), decode(actual));
                } else if (!expected.equals(actual)) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; a template's variable takes a whole segment, as in {@code /v0/pipelines/{name}}. */
    Router on(String method, String template, Handler handler) {
        routes.add(new Route(method, segments(template), handler));
        return this;
    }

    SimResponse route(SimRequest request, Supplier<SimResponse> noSuchPath, Supplier<SimResponse> wrongMethod) {
        List<String> segments = segments(request.path());
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.match(segments);
            if (values.isPresent() && route.method().equals(request.method())) {
                return route.handler().handle(request, values.get());
            }
            known |= values.isPresent();
        }
        return known ? wrongMethod.get() : noSuchPath.get();
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static String decode(String segment) {
        // A plus sign means a space in a query only.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
