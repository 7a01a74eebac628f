package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.LinkedHashMap;

/**
 * Earlier purge request of a CDN.
 *
 * @param status the service's status
 * @param all true if it was for everything
 * @param paths how many paths it was for
 * @param createdAt in the service's format, or null
 * @param updatedAt in the service's format, or null
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
    public LocalizedText summary() {
        return LocalizedText.inOneLanguage(status);
    }
}
