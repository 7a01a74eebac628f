package io.jenkins.plugins.cachepurge.client.buddy;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.io.Serializable;

/**
 * Reference to a route of a distribution.
 *
 * @param workspace the workspace's domain, as in the URL of its pages
 * @param project the name of the project that the distribution belongs to; null if it is the workspace's own
 * @param distributionId as in the URL of its page
 * @param routeId as in the URL of its page
 */
public record BuddyRouteRef(String workspace, String project, String distributionId, String routeId)
        implements Serializable {

    /** Such as "route r1 of distribution d1 of acme/website". */
    public LocalizedText text() {
        String owner = project == null ? workspace : workspace + "/" + project;
        return LocalizedText.of("target.route", routeId, distributionId, owner);
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
