package io.jenkins.plugins.cachepurge.simulator;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the arguments of Buddy's calls, and refuses what the API does not take. */
final class BuddyArguments {

    static final Set<String> OPERATIONS =
            Set.of("CANCEL", "RETRY", "APPLY", "APPLY_VARIABLES", "SET_VARIABLES", "RUN_DELAYED", "APPROVE_VT");

    private static final Map<String, Predicate<JsonNode>> RUN_FIELDS = Map.ofEntries(
            entry("to_revision", object("revision")),
            entry("from_revision", object("revision")),
            entry("branch", object("name")),
            entry("tag", object("name")),
            entry("pull_request", object("name")),
            entry("comment", JsonNode::isTextual),
            entry("refresh", JsonNode::isBoolean),
            entry("clear_cache", JsonNode::isBoolean),
            entry("priority", oneOf("LOW", "NORMAL", "HIGH")),
            entry("delay_until", BuddyArguments::isTime),
            entry("variables", listOf(object("key").and(object("value")))),
            entry("actions_to_run", JsonNode::isArray),
            entry("environment", value -> value.isTextual() || value.isObject()),
            entry("package_version", value -> value.isTextual() || value.isObject()));

    private BuddyArguments() {}

    /** Whether the cache shall be cleared: the one change of a pipeline that is simulated. */
    static boolean clearCache(SimRequest request) {
        ObjectNode body = body(request, Map.of("clear_cache", JsonNode::isBoolean));
        return required(body, "clear_cache").booleanValue();
    }

    /** The paths to purge of a route; none for everything. */
    static List<String> purge(SimRequest request) {
        Predicate<JsonNode> path = value -> value.asText("").matches("/[^*]*\\*?");
        ObjectNode body = body(request, Map.of("purge_all", JsonNode::isBoolean, "purge_paths", listOf(path)));
        List<String> paths = new ArrayList<>();
        body.path("purge_paths").forEach(each -> paths.add(each.textValue()));
        if (body.path("purge_all").booleanValue() != paths.isEmpty()) {
            throw refusal(400, "Either purge_all or purge_paths is required");
        }
        return paths;
    }

    static String operation(SimRequest request) {
        ObjectNode body = body(request, Map.of("operation", oneOf(OPERATIONS.toArray(String[]::new))));
        return required(body, "operation").textValue();
    }

    static ObjectNode run(SimRequest request) {
        return body(request, RUN_FIELDS);
    }

    static Optional<Instant> delayUntil(ObjectNode run) {
        return Optional.ofNullable(run.get("delay_until")).map(time -> Instant.parse(time.textValue()));
    }

    static SimPage paging(SimRequest request) {
        return new SimPage(
                number(request.query("page"), "page", 1, Integer.MAX_VALUE),
                number(request.query("per_page"), "per_page", 20, 100));
    }

    /** A query parameter that has few values; the first is the usual one. */
    static String choice(SimRequest request, String name, String... values) {
        String value = request.query(name).orElse(values[0]);
        if (!Set.of(values).contains(value)) {
            throw refusal(400, "Wrong value of parameter " + name);
        }
        return value;
    }

    /** A number in a path; whatever is none names nothing that exists. */
    static int id(String segment) {
        try {
            return Integer.parseInt(segment);
        } catch (NumberFormatException e) {
            throw refusal(404, "Not found");
        }
    }

    private static ObjectNode body(SimRequest request, Map<String, Predicate<JsonNode>> fields) {
        if (!request.hasJsonContent()) {
            throw refusal(415, "Content-Type must be application/json");
        }
        ObjectNode body =
                SimJson.parseObject(request.body()).orElseThrow(() -> refusal(400, "The body must be a JSON object"));
        body.fieldNames().forEachRemaining(name -> {
            if (!fields.containsKey(name)) {
                throw refusal(400, "Unknown field " + name);
            }
            if (!fields.get(name).test(body.get(name))) {
                throw refusal(400, "Wrong value of field " + name);
            }
        });
        return body;
    }

    private static JsonNode required(ObjectNode body, String field) {
        return Optional.ofNullable(body.get(field)).orElseThrow(() -> refusal(400, "Field " + field + " is required"));
    }

    private static int number(Optional<String> text, String name, int usual, int largest) {
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= 1 && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that is out of range.
        }
        throw refusal(400, "Wrong value of parameter " + name);
    }

    private static Predicate<JsonNode> object(String textField) {
        return value -> value.path(textField).isTextual();
    }

    private static Predicate<JsonNode> oneOf(String... words) {
        Set<String> known = Set.of(words);
        return value -> value.isTextual() && known.contains(value.textValue());
    }

    private static Predicate<JsonNode> listOf(Predicate<JsonNode> element) {
        return value -> {
            if (!value.isArray()) {
                return false;
            }
            for (JsonNode each : value) {
                if (!element.test(each)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean isTime(JsonNode value) {
        try {
            Instant.parse(value.asText());
            return value.isTextual();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static ErrorResponseException refusal(int status, String message) {
        return new ErrorResponseException(BuddyErrorResponses.error(status, message));
    }
}
