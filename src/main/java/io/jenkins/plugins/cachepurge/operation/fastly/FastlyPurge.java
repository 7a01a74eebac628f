package io.jenkins.plugins.cachepurge.operation.fastly;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyPurgeResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
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
 */
public record FastlyPurge(FastlyClient client, String serviceId, PurgeSelection selection, boolean soft)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "fastly";

    private static final Pattern SERVICE_ID = Pattern.compile("[0-9A-Za-z]{1,64}");

    /** Letters and digits, such as {@code SU1Z0isxPaozGVKXdv0eY}. */
    public static String serviceId(String text) {
        return new InputField("serviceId", text).matching(SERVICE_ID, "fastly.serviceId");
    }

    @Override
    public OperationDescription description() {
        return new OperationDescription(FastlyClient.SERVICE, "purge", "service " + serviceId);
    }

    @Override
    public int requestCount() {
        return batches().count();
    }

    private Batches batches() {
        return new Batches(selection, selection.type() == SelectionType.URLS ? 1 : FastlyClient.KEYS_PER_REQUEST);
    }

    @Override
    public int valueCount(int index) {
        return batches().size(index);
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        List<String> values = batches().batch(index);
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
