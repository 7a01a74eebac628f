package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.util.List;

/**
 * Pages that have tags: that of {@code /a/b} has the tags {@code a} and {@code b}.
 *
 * @param header in which they are
 * @param separator between two of them
 */
record TaggedSite(String header, String separator, int[] edition) implements SimService {

    TaggedSite(String header, String separator) {
        this(header, separator, new int[] {1});
    }

    /** From now on all pages are different. */
    void change() {
        edition[0]++;
    }

    @Override
    public String name() {
        return "tagged site";
    }

    @Override
    public SimResponse handle(SimRequest request) {
        List<String> tags = List.of(request.path().substring(1).split("/"));
        return SimResponse.text(200, "text/plain", "edition %d".formatted(edition[0]))
                .withHeader("Cache-Control", "public, max-age=3600")
                .withHeader(header, String.join(separator, tags));
    }
}
