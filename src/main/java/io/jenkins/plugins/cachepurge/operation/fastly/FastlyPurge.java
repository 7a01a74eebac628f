package io.jenkins.plugins.cachepurge.operation.fastly;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyPurgeResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Purge of a Fastly service, which is done when Fastly responds. A request has one URL, as many surrogate keys as
 * Fastly accepts, or everything.
 *
 * @param soft whether to mark as stale only; never for everything
 * @param keyBatches the surrogate keys of each request; empty unless keys are selected
 */
public record FastlyPurge(
        FastlyClient client, String serviceId, PurgeSelection selection, boolean soft, List<List<String>> keyBatches)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "fastly";

    private static final Pattern SERVICE_ID = Pattern.compile("[0-9A-Za-z]{1,64}");

    /** Fastly ignores other keys: a space ends a key, and longer keys are cut or dropped. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,1024}");

    /** @throws InvalidInputException for a tag that Fastly would ignore */
    public FastlyPurge(FastlyClient client, String serviceId, PurgeSelection selection, boolean soft) {
        this(client, serviceId, selection, soft, keyBatches(selection));
    }

    private static List<List<String>> keyBatches(PurgeSelection selection) {
        if (selection.type() != SelectionType.TAGS) {
            return List.of();
        }
        for (String key : selection.values()) {
            if (!KEY.matcher(key).matches()) {
                throw new InvalidInputException(
                        selection.type().parameter(), LocalizedText.of("fastly.tag", PrintableText.quote(key)));
            }
        }
        return FastlyClient.keyBatches(selection.values());
    }

    /** Letters and digits, such as {@code SU1Z0isxPaozGVKXdv0eY}. */
    public static String serviceId(String text) {
        return new InputField("serviceId", text).matching(SERVICE_ID, "fastly.serviceId");
    }

    @Override
    public OperationDescription description() {
        return OperationDescription.purge(FastlyClient.SERVICE, LocalizedText.of("target.service", serviceId));
    }

    @Override
    public int requestCount() {
        return selection.type() == SelectionType.TAGS ? keyBatches.size() : Math.max(1, selection.count());
    }

    private List<String> values(int index) {
        return switch (selection.type()) {
            case TAGS -> keyBatches.get(index);
            case ALL -> List.of();
            default -> selection.values().subList(index, index + 1);
        };
    }

    @Override
    public int valueCount(int index) {
        return Math.max(1, values(index).size());
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        List<String> values = values(index);
        return call(values).map(purged -> new PurgeResult.RequestResult(purged.id(), purged.status(), values.size()));
    }

    private ApiCall<FastlyPurgeResponse> call(List<String> values) {
        return switch (selection.type()) {
            case URLS -> client.purgeUrl(PageUrl.of(values.get(0)).orElseThrow(), soft);
            case TAGS -> client.purgeKeys(serviceId, values, soft);
            case ALL -> client.purgeAll(serviceId);
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, serviceId, tally.statuses().first(), selection, tally);
    }
}
