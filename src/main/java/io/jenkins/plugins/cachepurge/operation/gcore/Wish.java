package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient.Accepted;
import io.jenkins.plugins.cachepurge.client.gcore.PurgeType;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PathPatterns;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.List;

/**
 * What is wanted of Gcore.
 *
 * @param awaitEnd whether to wait until Gcore is done
 */
record Wish(GcoreClient client, long resourceId, PurgeSelection what, boolean awaitEnd) implements Serializable {

    Subject subject() {
        return new Subject(GcoreClient.SERVICE, "purge", "CDN resource " + resourceId);
    }

    /** In the words of a failure, as "purge 3 paths of CDN resource 7". */
    String asked() {
        return "purge %s of CDN resource %d".formatted(what, resourceId);
    }

    PurgeType type() {
        return switch (what.kind()) {
            case PATHS, URLS -> PurgeType.BY_URL;
            case PREFIXES -> PurgeType.BY_PATTERN;
            case ALL -> PurgeType.ALL;
            case TAGS, HOSTS -> throw new IllegalStateException("not supported: " + what.kind());
        };
    }

    Batches batches() {
        return new Batches(what, type() == PurgeType.BY_URL ? GcoreClient.MOST_URLS : GcoreClient.MOST_PATTERNS);
    }

    /** How many requests a minute allows. */
    int perMinute() {
        return type() == PurgeType.BY_URL ? 2 : 1;
    }

    /** What one request names, as Gcore wants it; nothing for everything. */
    List<String> values(int batch) {
        List<String> values = batches().values(batch);
        return what.kind() == PurgeKind.URLS
                ? values.stream().map(Wish::url).map(PageUrl::path).toList()
                : PathPatterns.of(what.kind(), values);
    }

    /** The URLs to purge; none where something else was chosen. */
    List<PageUrl> urls() {
        return what.kind() == PurgeKind.URLS
                ? what.values().stream().map(Wish::url).toList()
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
