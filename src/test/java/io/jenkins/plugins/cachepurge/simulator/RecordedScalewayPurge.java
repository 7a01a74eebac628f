package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A purge request that a {@link ScalewaySimulator} knows.
 *
 * @param id a UUID
 * @param pipelineId a UUID
 * @param assets the paths to purge, empty if all are
 * @param all whether everything is purged
 * @param endsAt when the status stops being {@code pending}
 * @param finalStatus the status from then on: {@code done}, {@code error}, {@code unknown_status}, or any other word
 */
public record RecordedScalewayPurge(
        String id,
        String pipelineId,
        List<String> assets,
        boolean all,
        Instant createdAt,
        Instant endsAt,
        String finalStatus) {

    /** Copies its arguments. */
    public RecordedScalewayPurge {
        assets = List.copyOf(assets);
    }

    /** The status at a time. */
    public String status(Instant now) {
        return now.isBefore(endsAt) ? "pending" : finalStatus;
    }

    ObjectNode toJson(Instant now) {
        Instant updatedAt = now.isBefore(endsAt) ? createdAt : endsAt;
        ObjectNode json =
                SimJson.object().put("id", id).put("pipeline_id", pipelineId).put("status", status(now));
        if (all) {
            json.put("all", true);
        } else {
            ArrayNode list = json.putArray("assets");
            assets.forEach(list::add);
        }
        return json.put("created_at", SimJson.time(createdAt)).put("updated_at", SimJson.time(updatedAt));
    }
}
