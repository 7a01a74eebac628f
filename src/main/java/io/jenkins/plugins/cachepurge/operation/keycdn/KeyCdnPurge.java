package io.jenkins.plugins.cachepurge.operation.keycdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnPurgeResponse;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.ByteLimitedBatches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import java.util.List;

/**
 * Purge of a zone of KeyCDN, which has done it when it responds.
 *
 * @param batches the values of each request; one without values for everything
 */
public record KeyCdnPurge(KeyCdnClient client, long zoneId, PurgeSelection selection, List<List<String>> batches)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "keycdn";

    /** KeyCDN refuses bodies of more than 64 KB; this leaves room for the rest of the body. */
    private static final ByteLimitedBatches URLS = new ByteLimitedBatches(60_000);

    /** Limit for the tags of a request as a JSON list: the stricter interpretation of an old documentation. */
    private static final ByteLimitedBatches TAGS = new ByteLimitedBatches(128);

    public KeyCdnPurge(KeyCdnClient client, long zoneId, PurgeSelection selection) {
        this(client, zoneId, selection, batches(selection));
    }

    /** A number such as {@code 209797}. */
    public static long zoneId(String text) {
        return new InputField("zoneId", text).asId();
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(KeyCdnClient.SERVICE, LocalizedText.of("target.zone", zoneId));
    }

    @Override
    public int requestCount() {
        return batches.size();
    }

    @Override
    public int valueCount(int index) {
        return Math.max(1, batches.get(index).size());
    }

    private static List<List<String>> batches(PurgeSelection selection) {
        return switch (selection.type()) {
            case URLS ->
                URLS.of(selection.values().stream().map(KeyCdnPurge::named).toList());
            case TAGS -> TAGS.of(selection.values());
            case ALL -> List.of(List.of());
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    /** The URL in the format of KeyCDN's examples. */
    private static String named(String url) {
        return PageUrl.of(url).orElseThrow().withoutScheme();
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        List<String> values = batches.get(index);
        return call(values).map(done -> new PurgeResult.RequestResult(null, done.status(), values.size()));
    }

    private ApiCall<KeyCdnPurgeResponse> call(List<String> values) {
        return switch (selection.type()) {
            case URLS -> client.purgeUrls(zoneId, values);
            case TAGS -> client.purgeTags(zoneId, values);
            default -> client.purgeAll(zoneId);
        };
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, Long.toString(zoneId), tally.statuses().first(), selection, tally);
    }
}
