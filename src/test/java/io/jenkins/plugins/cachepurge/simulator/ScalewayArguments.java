package io.jenkins.plugins.cachepurge.simulator;

import static io.jenkins.plugins.cachepurge.simulator.ScalewayErrorResponses.invalidArgument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of Scaleway's calls, and refuses what the API does not take. */
final class ScalewayArguments {

    private static final int DEFAULT_PAGE_SIZE = 20;
    private static final int LARGEST_PAGE_SIZE = 100;

    /** What a purge request asks for; without assets, everything. */
    record Purge(String pipelineId, List<String> assets) {}

    /** What a list shall contain. */
    record Listing(
            Optional<String> pipelineId,
            Optional<String> projectId,
            Optional<String> organizationId,
            boolean newestFirst,
            SimPage paging) {}

    private ScalewayArguments() {}

    static Purge purge(SimRequest request, int assetLimit) {
        onlyQuery(request, Set.of());
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> refusal("body", "format", "must be a JSON object, with its content type"));
        body.fieldNames().forEachRemaining(name -> known(name, Set.of("pipeline_id", "assets", "all")));
        String pipelineId = pipelineId(body);
        if (body.hasNonNull("assets") == body.hasNonNull("all")) {
            throw refusal("assets", "constraint", "exactly one of assets and all must be set");
        }
        return new Purge(pipelineId, body.hasNonNull("all") ? all(body) : assets(body.get("assets"), assetLimit));
    }

    static Listing listing(SimRequest request) {
        onlyQuery(request, Set.of("order_by", "page", "page_size", "pipeline_id", "project_id", "organization_id"));
        String order = request.query("order_by").orElse("created_at_asc");
        if (!Set.of("created_at_asc", "created_at_desc").contains(order)) {
            throw refusal("order_by", "constraint", "must be created_at_asc or created_at_desc");
        }
        SimPage paging = new SimPage(
                number(request, "page", 1, Integer.MAX_VALUE),
                number(request, "page_size", DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE));
        return new Listing(
                uuid(request, "pipeline_id"),
                uuid(request, "project_id"),
                uuid(request, "organization_id"),
                order.equals("created_at_desc"),
                paging);
    }

    static void onlyQuery(SimRequest request, Set<String> names) {
        request.query().keySet().forEach(name -> known(name, names));
    }

    private static void known(String name, Set<String> names) {
        if (!names.contains(name)) {
            throw refusal(name, "unknown", "there is no such argument");
        }
    }

    private static String pipelineId(ObjectNode body) {
        if (!body.hasNonNull("pipeline_id")) {
            throw refusal("pipeline_id", "required", "must be set");
        }
        JsonNode id = body.get("pipeline_id");
        if (!id.isTextual() || !UuidFormat.isUuid(id.textValue())) {
            throw refusal("pipeline_id", "format", "must be a UUID");
        }
        return id.textValue();
    }

    private static List<String> all(ObjectNode body) {
        JsonNode all = body.get("all");
        if (!all.isBoolean()) {
            throw refusal("all", "format", "must be a boolean");
        }
        if (!all.booleanValue()) {
            throw refusal("all", "constraint", "must be true if set");
        }
        return List.of();
    }

    private static List<String> assets(JsonNode assets, int limit) {
        if (!assets.isArray()) {
            throw refusal("assets", "format", "must be a list of paths");
        }
        if (assets.isEmpty() || assets.size() > limit) {
            throw refusal("assets", "constraint", "must have 1 to " + limit + " elements");
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode asset : assets) {
            if (!asset.isTextual() || !asset.textValue().startsWith("/")) {
                throw refusal("assets", "format", "must be paths that start with a slash");
            }
            paths.add(asset.textValue());
        }
        return paths;
    }

    private static Optional<String> uuid(SimRequest request, String name) {
        Optional<String> value = request.query(name);
        value.filter(id -> !UuidFormat.isUuid(id)).ifPresent(id -> {
            throw refusal(name, "format", "must be a UUID");
        });
        return value;
    }

    private static int number(SimRequest request, String name, int usual, int largest) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value < 1 || value > largest) {
                throw refusal(name, "constraint", "must be 1 to " + largest);
            }
            return value;
        } catch (NumberFormatException e) {
            throw refusal(name, "format", "must be a number");
        }
    }

    private static ErrorResponseException refusal(String argument, String reason, String help) {
        return new ErrorResponseException(invalidArgument(argument, reason, help));
    }
}
