package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import java.io.Serializable;
import java.util.List;

/**
 * Purge request that a service accepted, and reports on later.
 *
 * @param id the service's; null if it is not known yet
 * @param status the service's last status
 * @param meaning the meaning of the status
 */
public record SubmittedRequest(String id, String status, RemoteStatus meaning) implements Serializable {

    /** The status for all of them: one that has not succeeded stands for the rest. */
    static String overallStatus(List<SubmittedRequest> requests) {
        return requests.stream()
                .filter(request -> request.meaning() != RemoteStatus.SUCCEEDED)
                .findFirst()
                .orElse(requests.get(0))
                .status();
    }

    /**
     * Line about how far they are, such as "… is pending" for a single one, or "…: 3 of 5 purge requests done, 2 pending".
     *
     * @param purge its description
     */
    static String progress(String purge, List<SubmittedRequest> requests) {
        StatusCounts counts = StatusCounts.of(requests.stream().map(SubmittedRequest::statusText));
        return requests.size() == 1
                ? "%s is %s".formatted(purge, counts)
                : "%s: %s".formatted(purge, counts.ofAll("purge requests"));
    }

    private String statusText() {
        return meaning == RemoteStatus.UNKNOWN && id != null
                ? "%s (a status this plugin does not know)".formatted(PrintableText.quote(status))
                : status;
    }
}
