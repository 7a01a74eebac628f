package io.jenkins.plugins.cachepurge.operation.buddy;

import io.jenkins.plugins.cachepurge.client.buddy.BuddyExecution;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Result of a started execution; values that Buddy does not return are null. Dates are in ISO 8601.
 *
 * @param status Buddy's status
 * @param url the execution in the API
 * @param htmlUrl the execution's page
 */
public record BuddyExecutionResult(
        long id, String status, String url, String htmlUrl, String startDate, String finishDate)
        implements OperationResult {

    static BuddyExecutionResult of(BuddyExecution execution) {
        return new BuddyExecutionResult(
                execution.id(),
                execution.status(),
                execution.url(),
                execution.htmlUrl(),
                execution.startDate(),
                execution.finishDate());
    }

    @Override
    public LinkedHashMap<String, Object> toPipelineValue() {
        LinkedHashMap<String, Object> value = new LinkedHashMap<>();
        value.put("id", id);
        value.put("status", status);
        value.put("url", url);
        value.put("htmlUrl", htmlUrl);
        value.put("startDate", startDate);
        value.put("finishDate", finishDate);
        return value;
    }

    @Override
    public LocalizedText summary() {
        return LocalizedText.inOneLanguage(status);
    }

    @Override
    public Optional<String> link() {
        return Optional.ofNullable(htmlUrl);
    }
}
