package io.jenkins.plugins.cachepurge.operation.bunny;

import io.jenkins.plugins.cachepurge.client.bunny.BunnyClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Purges at bunny.net, a request for each URL, prefix or tag.
 *
 * @param pullZoneId 0 where none was named, which will do for URLs and prefixes
 * @param awaitEnd whether each request is answered only when it is done
 */
public record BunnyPurge(BunnyClient client, long pullZoneId, PurgeSelection what, boolean awaitEnd)
        implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "bunny";

    private static final Pattern SCHEME = Pattern.compile("^https?://");

    /** The target where no pull zone was named. */
    private static final String ACCOUNT = "account";

    /** @throws InvalidInputException where bunny.net cannot purge that */
    public BunnyPurge {
        switch (what.kind()) {
            case URLS -> checkUrls(what.values());
            case PREFIXES -> what.values().forEach(BunnyPurge::prefixUrl);
            default -> checkPullZone(pullZoneId, what.kind());
        }
    }

    private static void checkPullZone(long pullZoneId, PurgeKind kind) {
        if (pullZoneId == 0) {
            throw new InvalidInputException("pullZoneId", Advice.of("bunny.pullZone", kind.parameter()));
        }
    }

    private static void checkUrls(List<String> urls) {
        for (String url : urls) {
            if (url.contains("*")) {
                throw new InvalidInputException("urls", Advice.of("star", Input.shown(url)));
            }
        }
    }

    private static String pageUrl(String url) {
        return PageUrl.of(url).map(PageUrl::text).orElseThrow();
    }

    /** bunny.net wants a scheme, which makes no difference to what is purged. */
    private static String prefixUrl(String prefix) {
        String withoutScheme = SCHEME.matcher(prefix).replaceFirst("");
        if (!withoutScheme.contains("/") || !PageUrl.isHostAndPath(withoutScheme)) {
            throw new InvalidInputException(
                    "prefixes", Advice.of("bunny.prefix", prefix.contains("@") ? "…" : Input.shown(prefix)));
        }
        return prefix.equals(withoutScheme) ? "https://" + prefix : prefix;
    }

    /** What the purge is of. */
    public static String target(long pullZoneId) {
        return pullZoneId == 0 ? ACCOUNT : Long.toString(pullZoneId);
    }

    @Override
    public Subject subject() {
        return new Subject(BunnyClient.SERVICE, "purge", pullZoneId == 0 ? "the account" : "pull zone " + pullZoneId);
    }

    @Override
    public int requests() {
        return Math.max(1, what.count());
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        return call(number).as(done -> PurgeResult.Request.accepted(what.kind() == PurgeKind.ALL ? 0 : 1));
    }

    private ApiCall<BunnyClient.Accepted> call(int number) {
        return switch (what.kind()) {
            case URLS -> client.purgeUrl(pageUrl(what.values().get(number)), awaitEnd);
            case PREFIXES -> client.purgePrefix(prefixUrl(what.values().get(number)), awaitEnd);
            case TAGS -> client.purgeTag(pullZoneId, what.values().get(number));
            case ALL -> client.purgeAll(pullZoneId);
            case PATHS, HOSTS -> throw new IllegalStateException("not supported: " + what.kind());
        };
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, target(pullZoneId), PurgeResult.ACCEPTED, what, requests);
    }
}
