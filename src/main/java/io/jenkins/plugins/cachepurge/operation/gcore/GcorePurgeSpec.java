package io.jenkins.plugins.cachepurge.operation.gcore;

import io.jenkins.plugins.cachepurge.client.gcore.GcoreClient;
import io.jenkins.plugins.cachepurge.client.gcore.GcorePurgeType;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import io.jenkins.plugins.cachepurge.operation.purge.WildcardPaths;
import java.util.List;

/**
 * Spec of a purge of a Gcore CDN resource.
 *
 * @param waitForCompletion whether to wait until Gcore is done
 */
record GcorePurgeSpec(GcoreClient client, long resourceId, PurgeSelection selection, boolean waitForCompletion) {

    OperationDescription description() {
        return OperationDescription.purge(GcoreClient.SERVICE, LocalizedText.of("target.cdnResource", resourceId));
    }

    /** Purpose for messages, such as "purge 3 paths of CDN resource 7". */
    String purpose() {
        return "purge %s of CDN resource %d".formatted(selection, resourceId);
    }

    GcorePurgeType type() {
        return switch (selection.type()) {
            case PATHS, URLS -> GcorePurgeType.BY_URL;
            case PREFIXES -> GcorePurgeType.BY_PATTERN;
            case ALL -> GcorePurgeType.ALL;
            case TAGS, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    Batches batches() {
        return new Batches(
                selection, type() == GcorePurgeType.BY_URL ? GcoreClient.MAX_URLS : GcoreClient.MAX_PATTERNS);
    }

    /** Values of one request, in the format of Gcore; none for everything. */
    List<String> values(int index) {
        List<String> values = batches().batch(index);
        return selection.type() == SelectionType.URLS
                ? values.stream().map(GcorePurgeSpec::url).map(PageUrl::target).toList()
                : WildcardPaths.of(selection.type(), values);
    }

    /** The URLs to purge; none if something else was selected. */
    List<PageUrl> urls() {
        return selection.type() == SelectionType.URLS
                ? selection.values().stream().map(GcorePurgeSpec::url).toList()
                : List.of();
    }

    private static PageUrl url(String text) {
        return PageUrl.of(text).orElseThrow();
    }

    ApiCall<NoContent> purge(int index) {
        return switch (type()) {
            case BY_URL -> client.purgePaths(resourceId, values(index));
            case BY_PATTERN -> client.purgePatterns(resourceId, values(index));
            case ALL -> client.purgeAll(resourceId);
        };
    }
}
