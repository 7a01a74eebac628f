package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A purge that a {@link GcoreSimulator} took.
 *
 * @param type Gcore's word
 * @param values paths or patterns; none for everything
 * @param ends when it is no longer in progress
 * @param finalStatus Gcore's word from then on
 */
public record RecordedGcorePurge(
        long id, long resourceId, String type, List<String> values, Instant created, Instant ends, String finalStatus) {

    static final String BY_URL = "purge_by_url";
    static final String BY_PATTERN = "purge_by_pattern";
    static final String ALL = "purge_all";

    /** Copies its arguments. */
    public RecordedGcorePurge {
        values = List.copyOf(values);
    }

    /** Gcore's word at a time. */
    public String status(Instant now) {
        return now.isBefore(ends) ? "In progress" : finalStatus;
    }

    /** @param host put before each path, as in one of the examples in Gcore's reference; empty for none */
    ObjectNode toJson(Instant now, String cname, String host) {
        ObjectNode json = SimJson.object().put("purge_id", id).put("status", status(now));
        json.putObject("resource").put("id", resourceId).put("cname", cname);
        ArrayNode payload = json.putObject("payload").putArray(type.equals(BY_URL) ? "urls" : "paths");
        values.forEach(value -> payload.add(type.equals(BY_URL) ? host + value : value));
        return json.put("created", SimJson.time(created)).put("purge_type", type);
    }
}
