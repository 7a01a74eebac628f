package io.jenkins.plugins.cachepurge.operation.fastly;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.fastly.FastlyPurged;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.PageUrl;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeKind;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Purges a service of Fastly, which is done when it is answered: an URL a request, as many surrogate keys as Fastly takes,
 * or everything.
 *
 * @param soft whether to mark as stale only; never for everything
 */
public record FastlyPurge(FastlyClient client, String serviceId, PurgeSelection what, boolean soft)
        implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "fastly";

    private static final Pattern SERVICE_ID = Pattern.compile("[0-9A-Za-z]{1,64}");

    /** Letters and digits, as {@code SU1Z0isxPaozGVKXdv0eY}. */
    public static String serviceId(String text) {
        return new Input("serviceId", text).matching(SERVICE_ID, "fastly.serviceId");
    }

    @Override
    public Subject subject() {
        return new Subject(FastlyClient.SERVICE, "purge", "service " + serviceId);
    }

    @Override
    public int requests() {
        return batches().count();
    }

    private Batches batches() {
        return new Batches(what, what.kind() == PurgeKind.URLS ? 1 : FastlyClient.KEYS_PER_REQUEST);
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        List<String> values = batches().values(number);
        return call(values).as(purged -> new PurgeResult.Request(purged.id(), purged.status(), values.size()));
    }

    private ApiCall<FastlyPurged> call(List<String> values) {
        return switch (what.kind()) {
            case URLS -> client.purgeUrl(PageUrl.of(values.get(0)).orElseThrow(), soft);
            case TAGS -> client.purgeKeys(serviceId, values, soft);
            case ALL -> client.purgeAll(serviceId);
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + what.kind());
        };
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, serviceId, requests.get(0).status(), what, requests);
    }
}
