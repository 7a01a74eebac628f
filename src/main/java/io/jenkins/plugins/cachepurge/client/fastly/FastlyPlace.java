package io.jenkins.plugins.cachepurge.client.fastly;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What one of Fastly's servers serves for a page.
 *
 * @param hash the MD5 of the body, or why it is not known, such as {@code error-timeout-FRA}
 * @param pop the place, such as FRA
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FastlyPlace(String hash, String pop) {

    public FastlyPlace {
        hash = hash == null ? "unknown" : hash;
        pop = pop == null ? "unknown" : pop;
    }
}
