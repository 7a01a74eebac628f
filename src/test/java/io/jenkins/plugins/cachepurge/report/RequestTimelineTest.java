package io.jenkins.plugins.cachepurge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.engine.EndedExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestTimelineTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RequestTimeline timeline = new RequestTimeline(START);

    @Test
    void countsRequestsOfEachLayerByTheirTime() {
        add("varnish", 0, false);
        add("varnish", 200, true);
        add("fastly", 600, false);
        assertEquals(
                new RequestTimeline.Snapshot(
                        250,
                        List.of(
                                new RequestTimeline.Layer("varnish", List.of(new RequestTimeline.Slice(1, 1))),
                                new RequestTimeline.Layer(
                                        "fastly",
                                        List.of(
                                                RequestTimeline.Slice.EMPTY,
                                                RequestTimeline.Slice.EMPTY,
                                                new RequestTimeline.Slice(1, 0))))),
                timeline.snapshot());
    }

    @Test
    void keepsAllRequestsOfADayInFewSlices() {
        IntStream.range(0, 24 * 60).forEach(minute -> add("", minute * 60_000L, minute % 10 == 0));
        RequestTimeline.Snapshot day = timeline.snapshot();
        List<RequestTimeline.Slice> slices = day.layers().get(0).slices();
        assertTrue(slices.size() <= 120, () -> slices.size() + " slices");
        assertEquals(
                24 * 54,
                slices.stream().mapToInt(RequestTimeline.Slice::succeeded).sum());
        assertEquals(
                24 * 6, slices.stream().mapToInt(RequestTimeline.Slice::failed).sum());
        assertTrue(day.sliceMillis() * slices.size() >= Duration.ofHours(23).toMillis(), day::toString);
    }

    @Test
    void requestBeforeTheStartCountsAsTheFirst() {
        add("", -5000, false);
        assertEquals(1, timeline.snapshot().layers().get(0).slices().size());
    }

    @Test
    void pictureIsAsWideAsTheOperationAndNoBarIsHigherThanIt() {
        IntStream.range(0, 40).forEach(i -> add("a", 1000, i % 2 == 0));
        add("b", 5000, false);
        TimelineView view = new TimelineView(timeline.snapshot(), Duration.ofSeconds(20));
        assertEquals(81, view.getWidth());
        assertEquals("20 sec", view.getDurationText());
        TimelineView.Strip first = view.getStrips().get(0);
        assertEquals(20, first.getSucceeded());
        assertEquals(20, first.getFailed());
        assertEquals(4, first.getFrom());
        assertEquals(5, first.getTo());
        for (TimelineView.Strip strip : view.getStrips()) {
            for (TimelineView.Bar bar : strip.getBars()) {
                assertTrue(bar.y() >= 0 && bar.y() + bar.height() <= view.getHeight(), bar::toString);
            }
        }
        assertEquals(1, view.getStrips().get(1).getBars().size());
    }

    private void add(String layer, long millis, boolean failed) {
        Instant time = START.plusMillis(millis);
        timeline.add(layer, new EndedExchange(layer, time, time, failed));
    }
}
