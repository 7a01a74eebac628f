package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.http.BodyReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a page is looked at.
 *
 * @param text a text to look for in the first MiB of its body; empty for none
 * @param digests of the whole body
 * @param headers names of further headers
 */
public record PageContentOptions(Optional<String> text, Set<BodyDigestAlgorithm> digests, List<String> headers) {

    BodyReadOptions bodyOptions() {
        return BodyReadOptions.ofPage(text.isPresent(), digests);
    }
}
