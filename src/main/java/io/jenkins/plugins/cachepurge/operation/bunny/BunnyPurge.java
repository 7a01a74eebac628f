package io.jenkins.plugins.cachepurge.operation.bunny;

import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.NoContent;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.regex.Pattern;

/**
 * Purge at bunny.net, with a request for each URL, prefix or tag.
 *
 * @param pullZoneId 0 for none, which is sufficient for URLs and prefixes
 * @param waitForCompletion whether bunny.net responds only when a request is done
 */
public record BunnyPurge(BunnyClient client, long pullZoneId, PurgeSelection selection, boolean waitForCompletion)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "bunny";

    private static final Pattern SCHEME = Pattern.compile("^https?://");

    /** The target without a pull zone. */
    private static final String ACCOUNT = "account";

    /** @throws InvalidInputException if bunny.net cannot purge that */
    public BunnyPurge {
        switch (selection.type()) {
            case URLS -> {
                // A URL identifies its pull zone.
            }
            case PREFIXES -> selection.values().forEach(BunnyPurge::prefixUrl);
            default -> checkPullZone(pullZoneId, selection.type());
        }
    }

    private static void checkPullZone(long pullZoneId, SelectionType type) {
        if (pullZoneId == 0) {
            throw new InvalidInputException("pullZoneId", LocalizedText.of("bunny.pullZone", type.parameter()));
        }
    }

    /** bunny.net requires a scheme, but ignores which one. */
    private static String prefixUrl(String prefix) {
        String withoutScheme = SCHEME.matcher(prefix).replaceFirst("");
        if (!withoutScheme.contains("/") || !PageUrl.isHostAndPath(withoutScheme)) {
            throw new InvalidInputException(
                    "prefixes",
                    LocalizedText.of("bunny.prefix", prefix.contains("@") ? "…" : PrintableText.quote(prefix)));
        }
        return prefix.equals(withoutScheme) ? "https://" + prefix : prefix;
    }

    /** The target of the purge. */
    public static String target(long pullZoneId) {
        return pullZoneId == 0 ? ACCOUNT : Long.toString(pullZoneId);
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(
                BunnyClient.SERVICE,
                pullZoneId == 0 ? LocalizedText.of("target.account") : LocalizedText.of("target.pullZone", pullZoneId));
    }

    @Override
    public int requestCount() {
        return Math.max(1, selection.count());
    }

    @Override
    public int valueCount(int index) {
        return 1;
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        return call(index)
                .map(done -> PurgeResult.RequestResult.accepted(selection.type() == SelectionType.ALL ? 0 : 1));
    }

    private ApiCall<NoContent> call(int index) {
        return switch (selection.type()) {
            case URLS -> client.purgeUrl(selection.values().get(index), waitForCompletion);
            case PREFIXES -> client.purgePrefix(prefixUrl(selection.values().get(index)), waitForCompletion);
            case TAGS -> client.purgeTag(pullZoneId, selection.values().get(index));
            case ALL -> client.purgeAll(pullZoneId);
            case PATHS, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, target(pullZoneId), PurgeResult.ACCEPTED, selection, tally);
    }
}
