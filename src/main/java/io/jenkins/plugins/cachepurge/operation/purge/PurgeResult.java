package io.jenkins.plugins.cachepurge.operation.purge;

import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.io.Serializable;
import java.util.List;

/**
 * What came of a purge.
 *
 * @param provider the CDN's symbol, as {@code scaleway}
 * @param target what was purged at the CDN, as a pipeline's or distribution's id
 * @param status the service's own word, {@link #ACCEPTED} where it has none, {@link #DRY_RUN} where nothing was sent
 * @param what what was to be purged
 * @param requests the requests made of the service, in their order
 */
public record PurgeResult(String provider, String target, String status, PurgeSelection selection, List<RequestResult> requests)
        implements OperationResult {

    /** The status of a request that a service took without giving it one. */
    public static final String ACCEPTED = "accepted";

    /** The status of a purge of which nothing was sent. */
    public static final String DRY_RUN = "dryRun";

    /**
     * One request of a purge.
     *
     * @param id the service's, or null where it gives none
     * @param status the service's own word, or {@link #ACCEPTED}
     * @param count how many paths, URLs, tags … it is for; 0 for everything
     */
    public record RequestResult(String id, String status, int count) implements Serializable {

        /** A request that a service took, and said nothing more of. */
        public static RequestResult accepted(int count) {
            return new RequestResult(null, ACCEPTED, count);
        }
    }

    public PurgeResult {
        requests = List.copyOf(requests);
    }

    @Override
    public Serializable toPipelineValue() {
        return new PurgeResultMap(this);
    }

    @Override
    public String summary() {
        return "%s%s: %s%s".formatted(selection, requested(), status, mixed());
    }

    /** How often which status, where there are several. */
    private String mixed() {
        StatusCounts count = StatusCounts.of(requests.stream().map(RequestResult::status));
        return count.mixed() ? " (%s)".formatted(count) : "";
    }

    private String requested() {
        return switch (requests.size()) {
            case 0 -> ", nothing sent";
            case 1 -> " in one request";
            default -> " in %d requests".formatted(requests.size());
        };
    }
}
