package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser;
import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser.Type;
import io.jenkins.plugins.cachepurge.client.http.StructuredFieldParser.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cache says in {@code Cache-Status}.
 *
 * @param cache its name
 * @param hit whether it answered from its copy
 * @param forward why it passed the request on; empty if it does not say, or did not
 * @param forwardStatus the status of the response to that; empty if it does not say
 * @param ttl seconds for which its copy stays fresh, negative for a stale one; empty if it does not say
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9211">RFC 9211: Cache-Status</a>
 */
record CacheStatus(
        String cache, boolean hit, Optional<String> forward, Optional<Long> forwardStatus, Optional<Long> ttl) {

    private static final long NOT_MODIFIED = 304;

    /**
     * Reads the header, which has the cache next to the origin first.
     *
     * @return empty if it is not what the standard says
     */
    static List<CacheStatus> of(String header) {
        List<StructuredFieldParser.Item> items =
                StructuredFieldParser.list(header).orElse(List.of());
        boolean named = items.stream()
                .allMatch(item ->
                        item.value().type() == Type.TOKEN || item.value().type() == Type.STRING);
        return named ? items.stream().map(CacheStatus::of).toList() : List.of();
    }

    private static CacheStatus of(StructuredFieldParser.Item item) {
        Map<String, Value> parameters = item.parameters();
        return new CacheStatus(
                item.value().text(),
                Optional.ofNullable(parameters.get("hit")).filter(Value::isTrue).isPresent(),
                parameter(parameters, "fwd", Type.TOKEN),
                parameter(parameters, "fwd-status", Type.INTEGER).map(Long::valueOf),
                parameter(parameters, "ttl", Type.INTEGER).map(Long::valueOf));
    }

    /** A parameter of another type than the registered one is ignored. */
    private static Optional<String> parameter(Map<String, Value> parameters, String name, Type type) {
        return Optional.ofNullable(parameters.get(name))
                .filter(value -> value.type() == type)
                .map(Value::text);
    }

    /** @return empty if it contradicts itself, or says neither */
    Optional<CacheOutcome> outcome() {
        if (hit) {
            return forward.isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            ttl.filter(seconds -> seconds < 0).isPresent() ? CacheOutcome.STALE : CacheOutcome.HIT);
        }
        return forward.map(this::forwarded);
    }

    private CacheOutcome forwarded(String reason) {
        return switch (reason) {
            case "stale" ->
                forwardStatus.filter(status -> status == NOT_MODIFIED).isPresent()
                        ? CacheOutcome.REVALIDATED
                        : CacheOutcome.MISS;
            case "bypass", "method" -> CacheOutcome.BYPASS;
            default -> CacheOutcome.MISS;
        };
    }
}
