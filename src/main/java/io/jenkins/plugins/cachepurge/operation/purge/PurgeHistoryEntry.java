package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.LinkedHashMap;

/**
 * An earlier purge request, as the CDN remembers it.
 *
 * @param status the service's own word
 * @param all true where it was for everything
 * @param paths how many paths it was for
 * @param createdAt as the service writes it, or null
 * @param updatedAt as the service writes it, or null
 */
public record PurgeHistoryEntry(String id, String status, boolean all, int paths, String createdAt, String updatedAt)
        implements OperationResult {

    @Override
    public LinkedHashMap<String, Object> toPipelineValue() {
        LinkedHashMap<String, Object> value = new LinkedHashMap<>();
        value.put("id", id);
        value.put("status", status);
        value.put("all", all);
        value.put("paths", paths);
        value.put("createdAt", createdAt);
        value.put("updatedAt", updatedAt);
        return value;
    }

    @Override
    public String summary() {
        return status;
    }
}
