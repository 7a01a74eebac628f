package io.jenkins.plugins.cachepurge.operation.cloudflare;

import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareSelector;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareTaken;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Purges a zone of Cloudflare. Cloudflare takes a purge and never says when it is done.
 *
 * @param soft whether to mark as stale only, which Cloudflare calls to invalidate
 * @param urlsPerRequest 1 or more
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/#availability-and-limits">limits</a>
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/purge_by_prefix/">prefixes</a>
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/">tags</a>
 */
public record CloudflarePurge(
        CloudflareClient client, String zoneId, PurgeSelection what, boolean soft, int urlsPerRequest)
        implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "cloudflare";

    private static final Pattern ZONE_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern TAG = Pattern.compile("[\\x21-\\x7e&&[^,]]{1,1024}");
    private static final int ITEMS_PER_REQUEST = 100;
    private static final int MOST_SLASHES = 31;

    /** @throws InvalidInputException for a tag or prefix that Cloudflare could not mean */
    public CloudflarePurge {
        for (int i = 0; i < what.count(); i++) {
            check(what.kind(), i + 1, what.values().get(i));
        }
    }

    private static void check(PurgeKind kind, int number, String value) {
        if (kind == PurgeKind.TAGS && !TAG.matcher(value).matches()) {
            throw wrong(kind, Advice.of("cloudflare.tag", Advice.of("tag", number), Input.shown(value)));
        }
        if (kind == PurgeKind.PREFIXES && !isPrefix(value)) {
            // What stands before an @ may be a password.
            String shown = value.contains("@") ? "\u2026" : Input.shown(value);
            throw wrong(kind, Advice.of("cloudflare.prefix", Advice.of("prefix", number), shown));
        }
    }

    private static boolean isPrefix(String prefix) {
        return PageUrl.isHostAndPath(prefix)
                && prefix.chars().filter(c -> c == '/').count() <= MOST_SLASHES;
    }

    private static InvalidInputException wrong(PurgeKind kind, Advice advice) {
        return new InvalidInputException(kind.parameter(), advice);
    }

    /** 32 hexadecimal digits, as {@code 023e105f4ecef8ad9ca31a8372d0c353}. */
    public static String zoneId(String text) {
        return new Input("zoneId", text).matching(ZONE_ID, "cloudflare.zoneId").toLowerCase(Locale.ROOT);
    }

    @Override
    public Subject subject() {
        return new Subject(CloudflareClient.SERVICE, "purge", "zone " + zoneId);
    }

    @Override
    public int requests() {
        return batches().count();
    }

    private Batches batches() {
        return new Batches(what, what.kind() == PurgeKind.URLS ? urlsPerRequest : ITEMS_PER_REQUEST);
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        List<String> values = batches().values(number);
        return call(values).as(taken -> new PurgeResult.Request(taken.id(), PurgeResult.ACCEPTED, values.size()));
    }

    private ApiCall<CloudflareTaken> call(List<String> values) {
        return switch (what.kind()) {
            case URLS -> client.purge(zoneId, CloudflareSelector.FILES, asRequested(values), soft);
            case TAGS -> client.purge(zoneId, CloudflareSelector.TAGS, values, soft);
            case PREFIXES -> client.purge(zoneId, CloudflareSelector.PREFIXES, values, soft);
            case HOSTS -> client.purge(zoneId, CloudflareSelector.HOSTS, values, soft);
            case ALL -> client.purgeAll(zoneId, soft);
            case PATHS -> throw new IllegalStateException("not supported: " + what.kind());
        };
    }

    /** Encoded as browsers do, since that is what the cache has seen. */
    private static List<String> asRequested(List<String> urls) {
        return urls.stream().map(url -> PageUrl.of(url).orElseThrow().text()).toList();
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, zoneId, PurgeResult.ACCEPTED, what, requests);
    }
}
