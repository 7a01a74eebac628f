package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of Gcore's calls, and refuses what the API does not take. */
final class GcoreArguments {

    private static final Set<String> FILTERS =
            Set.of("cname", "status", "purge_type", "from_created", "to_created", "limit", "offset");

    /** What shall be purged. */
    record Purge(String type, List<String> values) {}

    /** What a list shall contain. */
    record Listing(
            Optional<String> cname,
            Optional<String> status,
            Optional<String> type,
            Optional<Instant> from,
            Optional<Instant> to,
            int limit,
            int offset) {}

    private GcoreArguments() {}

    static Purge purge(SimRequest request) {
        ObjectNode body = Optional.of(request)
                .filter(SimRequest::hasJsonContent)
                .flatMap(json -> SimJson.parseObject(json.body()))
                .orElseThrow(() -> wrong("body", "Must be a JSON object, with its content type."));
        List<String> fields = new ArrayList<>();
        body.fieldNames().forEachRemaining(fields::add);
        if (!fields.equals(List.of("urls")) && !fields.equals(List.of("paths"))) {
            throw wrong("paths", "Either urls or paths is required.");
        }
        return fields.contains("urls") ? urls(body.get("urls")) : patterns(body.get("paths"));
    }

    private static Purge urls(JsonNode list) {
        List<String> urls = texts(list, "urls");
        if (urls.isEmpty() || urls.size() > 100) {
            throw wrong("urls", "1 to 100 URLs.");
        }
        if (urls.stream().anyMatch(url -> !url.startsWith("/") || url.contains("*"))) {
            throw wrong("urls", "Must start with / and hold no domain name and no wildcard.");
        }
        return new Purge(RecordedGcorePurge.BY_URL, urls);
    }

    private static Purge patterns(JsonNode list) {
        List<String> patterns = texts(list, "paths");
        if (patterns.size() > 10) {
            throw wrong("paths", "No more than 10 patterns.");
        }
        for (String pattern : patterns) {
            int star = pattern.indexOf('*');
            if (!pattern.startsWith("/") || star >= 0 && star < pattern.length() - 1) {
                throw wrong("paths", "Must start with / and hold a wildcard only at the end.");
            }
        }
        return new Purge(patterns.isEmpty() ? RecordedGcorePurge.ALL : RecordedGcorePurge.BY_PATTERN, patterns);
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        if (!list.isArray()) {
            throw wrong(field, "Must be a list.");
        }
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                throw wrong(field, "Must be texts.");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    static Listing listing(SimRequest request) {
        request.query().keySet().stream()
                .filter(name -> !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong(name, "Unknown parameter.");
                });
        return new Listing(
                request.query("cname"),
                request.query("status"),
                request.query("purge_type"),
                time(request, "from_created"),
                time(request, "to_created"),
                number(request, "limit", 100, 1, 100),
                number(request, "offset", 0, 0, Integer.MAX_VALUE));
    }

    private static Optional<Instant> time(SimRequest request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw wrong(name, "Must be a date and time.");
        }
    }

    private static int number(SimRequest request, String name, int usual, int least, int most) {
        try {
            int number = request.query(name).map(Integer::parseInt).orElse(usual);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that is out of range.
        }
        throw wrong(name, "Out of range.");
    }

    static ErrorResponseException wrong(String field, String message) {
        ObjectNode body = SimJson.object();
        body.putObject("errors").putArray(field).add(message);
        return new ErrorResponseException(SimResponse.json(400, body));
    }
}
