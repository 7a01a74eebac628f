package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of Buddy's distributions, and what was purged of them. Not thread safe.
 *
 * <p>Follows the documentation: 204 without a body for a purge, ids of letters and digits, {@code project_name} in the
 * query for a distribution of a project. Assumed where nothing is published: without it such a distribution is not found;
 * just one of everything and a list of paths that start with a slash is taken, with a wildcard at the end at the most.
 */
final class BuddyRoutes {

    static final String ROUTE = "/workspaces/{workspace}/distributions/{distribution}/routes/{route}";

    private record Route(String workspace, String project, String distribution, String id) {}

    private final List<Route> routes = new ArrayList<>();
    private final List<RecordedBuddyRoutePurge> purges = new ArrayList<>();

    void add(String workspace, String project, String distribution, String id) {
        routes.add(new Route(workspace, project, distribution, id));
    }

    List<RecordedBuddyRoutePurge> purges() {
        return List.copyOf(purges);
    }

    SimResponse show(SimRequest request, Map<String, String> path) {
        Route route = route(request, path);
        ObjectNode body = SimJson.object()
                .put("id", route.id())
                .put("type", "PROXY")
                .put("subdomain", "www")
                .put("domain", "acme.example")
                .put("path", "");
        return SimResponse.json(200, body);
    }

    SimResponse purge(SimRequest request, Map<String, String> path) {
        Route route = route(request, path);
        List<String> paths = BuddyArguments.purge(request);
        purges.add(new RecordedBuddyRoutePurge(route.distribution(), route.id(), paths));
        return SimResponse.empty(204);
    }

    private Route route(SimRequest request, Map<String, String> path) {
        String project = request.query("project_name").orElse("");
        Optional<Route> found = routes.stream()
                .filter(route -> route.workspace().equals(path.get("workspace"))
                        && route.project().equals(project)
                        && route.distribution().equals(path.get("distribution"))
                        && route.id().equals(path.get("route")))
                .findFirst();
        return found.orElseThrow(() -> new ErrorResponseException(BuddyErrorResponses.error(404, "Route not found")));
    }
}
