package io.jenkins.plugins.cachepurge.operation.keycdn;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnClient;
import io.jenkins.plugins.cachepurge.client.keycdn.KeyCdnDone;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/** Purges a zone of KeyCDN, which is done when it is answered. */
public record KeyCdnPurge(KeyCdnClient client, long zoneId, PurgeSelection what) implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "keycdn";

    /** KeyCDN refuses bodies of more than 64 KB; this leaves room for what is around the list. */
    private static final SizedBatches URLS = new SizedBatches(60_000);

    /** All tags of a request together, as a JSON list: the narrower reading of a limit that is told second-hand. */
    private static final SizedBatches TAGS = new SizedBatches(128);

    /** A number, as in {@code 209797}. */
    public static long zoneId(String text) {
        return new Input("zoneId", text).id();
    }

    @Override
    public Subject subject() {
        return new Subject(KeyCdnClient.SERVICE, "purge", "zone " + zoneId);
    }

    @Override
    public int requests() {
        return batches().size();
    }

    private List<List<String>> batches() {
        return switch (what.kind()) {
            case URLS -> URLS.of(what.values().stream().map(KeyCdnPurge::named).toList());
            case TAGS -> TAGS.of(what.values());
            case ALL -> List.of(List.of());
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + what.kind());
        };
    }

    /** As KeyCDN's own examples name an URL. */
    private static String named(String url) {
        return PageUrl.of(url).orElseThrow().withoutScheme();
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        List<String> values = batches().get(number);
        return call(values).as(done -> new PurgeResult.Request(null, done.status(), values.size()));
    }

    private ApiCall<KeyCdnDone> call(List<String> values) {
        return switch (what.kind()) {
            case URLS -> client.purgeUrls(zoneId, values);
            case TAGS -> client.purgeTags(zoneId, values);
            default -> client.purgeAll(zoneId);
        };
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, Long.toString(zoneId), requests.get(0).status(), what, requests);
    }
}
