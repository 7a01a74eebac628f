package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.client.http.RemoteStatus;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    static LocalizedText progress(OperationDescription purge, List<SubmittedRequest> requests) {
        LocalizedText first = requests.get(0).statusText();
        if (requests.size() == 1) {
            return LocalizedText.of("status.is", purge.text(), first);
        }
        Map<LocalizedText, Long> counts = requests.stream()
                .collect(
                        Collectors.groupingBy(SubmittedRequest::statusText, LinkedHashMap::new, Collectors.counting()));
        LocalizedText ofAll = LocalizedText.of("status.ofAll", counts.remove(first), requests.size(), first);
        Stream<LocalizedText> others = counts.entrySet().stream()
                .map(entry -> LocalizedText.of("text.count", entry.getValue(), entry.getKey()));
        return LocalizedText.of(
                "text.value", purge.text(), LocalizedText.list(Stream.concat(Stream.of(ofAll), others)));
    }

    private LocalizedText statusText() {
        return meaning == RemoteStatus.UNKNOWN && id != null
                ? LocalizedText.of("status.unknown", PrintableText.quote(status))
                : LocalizedText.inOneLanguage(status);
    }
}
