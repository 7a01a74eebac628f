package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient.Accepted;
import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeType;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.List;

/**
 * What is wanted of Gcore.
 *
 * @param awaitEnd whether to wait until Gcore is done
 */
record GcoreSpec(GcoreClient client, long resourceId, PurgeSelection what, boolean awaitEnd) implements Serializable {

    OperationDescription subject() {
        return new OperationDescription(GcoreClient.SERVICE, "purge", "CDN resource " + resourceId);
    }

    /** In the words of a failure, as "purge 3 paths of CDN resource 7". */
    String asked() {
        return "purge %s of CDN resource %d".formatted(what, resourceId);
    }

    GcorePurgeType type() {
        return switch (what.type()) {
            case PATHS, URLS -> GcorePurgeType.BY_URL;
            case PREFIXES -> GcorePurgeType.BY_PATTERN;
            case ALL -> GcorePurgeType.ALL;
            case TAGS, HOSTS -> throw new IllegalStateException("not supported: " + what.type());
        };
    }

    Batches batches() {
        return new Batches(what, type() == GcorePurgeType.BY_URL ? GcoreClient.MOST_URLS : GcoreClient.MOST_PATTERNS);
    }

    /** How many requests a minute allows. */
    int perMinute() {
        return type() == GcorePurgeType.BY_URL ? 2 : 1;
    }

    /** What one request names, as Gcore wants it; nothing for everything. */
    List<String> values(int batch) {
        List<String> values = batches().batch(batch);
        return what.type() == SelectionType.URLS
                ? values.stream().map(GcoreSpec::url).map(PageUrl::pathAndQuery).toList()
                : WildcardPaths.of(what.type(), values);
    }

    /** The URLs to purge; none where something else was chosen. */
    List<PageUrl> urls() {
        return what.type() == SelectionType.URLS
                ? what.values().stream().map(GcoreSpec::url).toList()
                : List.of();
    }

    private static PageUrl url(String text) {
        return PageUrl.of(text).orElseThrow();
    }

    ApiCall<Accepted> purge(int batch) {
        return switch (type()) {
            case BY_URL -> client.purgePaths(resourceId, values(batch));
            case BY_PATTERN -> client.purgePatterns(resourceId, values(batch));
            case ALL -> client.purgeAll(resourceId);
        };
    }
}
