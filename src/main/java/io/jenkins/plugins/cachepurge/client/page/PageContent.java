package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.BodyUse;
import io.jenkins.plugins.cachepurge.client.http.ContentDigestAlgorithm;
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
public record PageContent(Optional<String> text, Set<ContentDigestAlgorithm> digests, List<String> headers) {

    BodyUse bodyUse() {
        return BodyUse.ofPage(text.isPresent(), digests);
    }
}
