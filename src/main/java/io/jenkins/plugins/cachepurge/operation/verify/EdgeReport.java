package io.jenkins.plugins.cachepurge.operation.verify;

import java.io.Serializable;
import java.util.List;

/**
 * What the places of a CDN serve for a page.
 *
 * @param places at least one
 */
public record EdgeReport(List<Place> places) {

    public EdgeReport {
        places = List.copyOf(places);
    }

    /**
     * One place of a CDN.
     *
     * @param name such as FRA
     * @param digest of what it serves, in lower-case hexadecimal digits; or what kept it from being known
     */
    public record Place(String name, String digest) implements Serializable {}
}
