package io.jenkins.plugins.cachepurge.operation.keycdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnPurgeResponse;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/** Purges a zone of KeyCDN, which is done when it is answered. */
public record KeyCdnPurge(KeyCdnClient client, long zoneId, PurgeSelection selection) implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "keycdn";

    /** KeyCDN refuses bodies of more than 64 KB; this leaves room for what is around the list. */
    private static final ByteLimitedBatches URLS = new ByteLimitedBatches(60_000);

    /** All tags of a request together, as a JSON list: the narrower reading of a limit that is told second-hand. */
    private static final ByteLimitedBatches TAGS = new ByteLimitedBatches(128);

    /** A number, as in {@code 209797}. */
    public static long zoneId(String text) {
        return new InputField("zoneId", text).asId();
    }

    @Override
    public OperationDescription subject() {
        return new OperationDescription(KeyCdnClient.SERVICE, "purge", "zone " + zoneId);
    }

    @Override
    public int requestCount() {
        return batches().size();
    }

    private List<List<String>> batches() {
        return switch (selection.type()) {
            case URLS -> URLS.of(selection.values().stream().map(KeyCdnPurge::named).toList());
            case TAGS -> TAGS.of(selection.values());
            case ALL -> List.of(List.of());
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    /** As KeyCDN's own examples name an URL. */
    private static String named(String url) {
        return PageUrl.of(url).orElseThrow().withoutScheme();
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int number) {
        List<String> values = batches().get(number);
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
    public PurgeResult result(List<PurgeResult.RequestResult> requests) {
        return new PurgeResult(PROVIDER, Long.toString(zoneId), requests.get(0).status(), selection, requests);
    }
}
