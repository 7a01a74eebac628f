package io.jenkins.plugins.cachepurge.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.cachepurge.engine.EndedExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests of an operation over time: how many were begun in each slice of time, by layer. The slices grow with the operation,
 * so that there are never more than {@value #MAX_SLICES}. Thread-safe.
 */
final class RequestTimeline {

    /** A shorter operation needs no picture. */
    static final Duration WORTH_A_PICTURE = Duration.ofSeconds(10);

    private static final int MAX_SLICES = 120;
    private static final long FIRST_SLICE_MILLIS = 250;

    private final Instant startedAt;
    private final Map<String, List<Slice>> layers = new LinkedHashMap<>();
    private long sliceMillis = FIRST_SLICE_MILLIS;

    /** @param startedAt of the operation */
    RequestTimeline(Instant startedAt) {
        this.startedAt = startedAt;
    }

    /**
     * Requests that were begun in one slice of time.
     *
     * @param succeeded how many had a response that is a success
     * @param failed how many had none, or another
     */
    record Slice(
            @JsonProperty("ok") int succeeded,
            @JsonProperty("failed") int failed) {

        static final Slice EMPTY = new Slice(0, 0);

        Slice plus(Slice other) {
            return new Slice(succeeded + other.succeeded, failed + other.failed);
        }
    }

    /**
     * A timeline as it is saved.
     *
     * @param sliceMillis how long a slice is, in milliseconds
     */
    record Snapshot(
            @JsonProperty("sliceMillis") long sliceMillis,
            @JsonProperty("layers") List<Layer> layers) {}

    /**
     * Requests of one layer.
     *
     * @param name such as "varnish"; empty for an operation without layers
     * @param slices from the start of the operation to the last request of the layer
     */
    record Layer(
            @JsonProperty("name") String name,
            @JsonProperty("slices") List<Slice> slices) {}

    /** @param layer its name; empty for an operation without layers */
    synchronized void add(String layer, EndedExchange exchange) {
        long millis =
                Math.max(0, Duration.between(startedAt, exchange.begunAt()).toMillis());
        while (millis / sliceMillis >= MAX_SLICES) {
            mergePairs();
        }
        List<Slice> slices = layers.computeIfAbsent(layer, name -> new ArrayList<>());
        int index = (int) (millis / sliceMillis);
        while (slices.size() <= index) {
            slices.add(Slice.EMPTY);
        }
        Slice one = exchange.failed() ? new Slice(0, 1) : new Slice(1, 0);
        slices.set(index, slices.get(index).plus(one));
    }

    private void mergePairs() {
        sliceMillis *= 2;
        layers.replaceAll((name, slices) -> {
            List<Slice> merged = new ArrayList<>();
            for (int i = 0; i < slices.size(); i += 2) {
                merged.add(i + 1 < slices.size() ? slices.get(i).plus(slices.get(i + 1)) : slices.get(i));
            }
            return merged;
        });
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(
                sliceMillis,
                layers.entrySet().stream()
                        .map(layer -> new Layer(layer.getKey(), List.copyOf(layer.getValue())))
                        .toList());
    }
}
