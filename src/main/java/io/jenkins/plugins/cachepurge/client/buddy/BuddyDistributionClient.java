package io.jenkins.plugins.cachepurge.client.buddy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiUrl;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Json;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.ResponseReader;
import io.jenkins.plugins.cachepurge.client.http.UnreadableResponseException;
import io.jenkins.plugins.cachepurge.input.ValueText;
import java.io.Serializable;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Client for the distributions in Buddy's REST API.
 *
 * @param api as {@link BuddyClient#api}
 * @see <a href="https://buddy.works/docs/api/distributions/routes/cache">Invalidate CDN cache</a>
 */
public record BuddyDistributionClient(ApiUrl api) implements Serializable {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Purge(boolean purgeAll, List<String> purgePaths) {}

    /** Purges everything of a route. */
    public ApiCall<NoContent> purgeAll(BuddyRouteRef route) {
        return purge("purge everything of " + route, route, new Purge(true, null));
    }

    /** @param paths at least one; a wildcard at the end makes it a prefix */
    public ApiCall<NoContent> purge(BuddyRouteRef route, List<String> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no path would mean everything");
        }
        String what = ValueText.of(paths, "path");
        return purge("purge %s of %s".formatted(what, route), route, new Purge(false, paths));
    }

    /** A repeat purges the same again, which only costs Buddy work. */
    private ApiCall<NoContent> purge(String purpose, BuddyRouteRef route, Purge body) {
        HttpUrl url = url(route).addPathSegment("cache").build();
        return BuddyClient.call(
                purpose,
                ApiRequest.post(url, body),
                BuddyDistributionClient::triggered,
                "DISTRIBUTION_MANAGE",
                Idempotency.IDEMPOTENT);
    }

    /** Documented is 204 without a body. */
    private static NoContent triggered(JsonNode json, ApiResponse answer) throws UnreadableResponseException {
        if (json.has("errors") || !json.isMissingNode() && !json.isObject()) {
            throw new UnreadableResponseException("neither empty nor an object without errors");
        }
        return new NoContent();
    }

    /**
     * Reads a route.
     *
     * @see <a href="https://buddy.works/docs/api/distributions/routes/get">Get a route</a>
     */
    public ApiCall<BuddyRoute> route(BuddyRouteRef route) {
        ResponseReader<BuddyRoute> reader = (json, answer) -> {
            BuddyRoute found = Json.read(withTextId(json), BuddyRoute.class);
            if (!found.id().equals(route.routeId())) {
                throw new UnreadableResponseException("it is about route " + found.id());
            }
            return found;
        };
        return BuddyClient.call(
                "show " + route,
                ApiRequest.get(url(route).build()),
                reader,
                "DISTRIBUTION_INFO",
                Idempotency.IDEMPOTENT);
    }

    /** A number for Buddy's reference, a text in its examples. */
    private static JsonNode withTextId(JsonNode json) {
        if (!json.path("id").isIntegralNumber()) {
            return json;
        }
        ObjectNode copy = json.deepCopy();
        return copy.put("id", json.path("id").asText());
    }

    private HttpUrl.Builder url(BuddyRouteRef route) {
        HttpUrl.Builder url = api.resolve(
                        "workspaces",
                        route.workspace(),
                        "distributions",
                        route.distributionId(),
                        "routes",
                        route.routeId())
                .newBuilder();
        return route.project() == null ? url : url.addQueryParameter("project_name", route.project());
    }
}
