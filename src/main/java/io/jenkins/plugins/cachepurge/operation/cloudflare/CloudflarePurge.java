package io.jenkins.plugins.cachepurge.operation.cloudflare;

import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareBodyField;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflareClient;
import io.jenkins.plugins.cachepurge.client.cloudflare.CloudflarePurgeResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Purge of a Cloudflare zone. Cloudflare accepts it and never reports its end.
 *
 * @param soft whether to mark as stale only ("invalidate" at Cloudflare)
 * @param urlsPerRequest 1 or more
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/#availability-and-limits">limits</a>
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/purge_by_prefix/">prefixes</a>
 * @see <a href="https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/">tags</a>
 */
public record CloudflarePurge(
        CloudflareClient client, String zoneId, PurgeSelection selection, boolean soft, int urlsPerRequest)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "cloudflare";

    private static final Pattern ZONE_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern TAG = Pattern.compile("[\\x21-\\x7e&&[^,]]{1,1024}");
    private static final int ITEMS_PER_REQUEST = 100;
    private static final int MAX_SLASHES = 31;

    /** @throws InvalidInputException for a tag or prefix that is not valid at Cloudflare */
    public CloudflarePurge {
        for (String value : selection.values()) {
            check(selection.type(), value);
        }
    }

    private static void check(SelectionType kind, String value) {
        if (kind == SelectionType.TAGS && !TAG.matcher(value).matches()) {
            throw wrong(kind, LocalizedText.of("cloudflare.tag", PrintableText.quote(value)));
        }
        if (kind == SelectionType.PREFIXES && !isPrefix(value)) {
            // Text before an @ may be a password.
            String shown = value.contains("@") ? "\u2026" : PrintableText.quote(value);
            throw wrong(kind, LocalizedText.of("cloudflare.prefix", shown));
        }
    }

    private static boolean isPrefix(String prefix) {
        return PageUrl.isHostAndPath(prefix)
                && prefix.chars().filter(c -> c == '/').count() <= MAX_SLASHES;
    }

    private static InvalidInputException wrong(SelectionType kind, LocalizedText advice) {
        return new InvalidInputException(kind.parameter(), advice);
    }

    /** 32 hexadecimal digits, such as {@code 023e105f4ecef8ad9ca31a8372d0c353}. */
    public static String zoneId(String text) {
        return new InputField("zoneId", text)
                .matching(ZONE_ID, "cloudflare.zoneId")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(CloudflareClient.SERVICE, LocalizedText.of("target.zone", zoneId));
    }

    @Override
    public int requestCount() {
        return batches().count();
    }

    private Batches batches() {
        return new Batches(selection, selection.type() == SelectionType.URLS ? urlsPerRequest : ITEMS_PER_REQUEST);
    }

    @Override
    public int valueCount(int index) {
        return batches().size(index);
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        List<String> values = batches().batch(index);
        return call(values)
                .map(taken -> new PurgeResult.RequestResult(taken.id(), PurgeResult.ACCEPTED, values.size()));
    }

    private ApiCall<CloudflarePurgeResponse> call(List<String> values) {
        return switch (selection.type()) {
            case URLS -> client.purge(zoneId, CloudflareBodyField.FILES, values, soft);
            case TAGS -> client.purge(zoneId, CloudflareBodyField.TAGS, values, soft);
            case PREFIXES -> client.purge(zoneId, CloudflareBodyField.PREFIXES, values, soft);
            case HOSTS -> client.purge(zoneId, CloudflareBodyField.HOSTS, values, soft);
            case ALL -> client.purgeAll(zoneId, soft);
            case PATHS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, zoneId, PurgeResult.ACCEPTED, selection, tally);
    }
}
