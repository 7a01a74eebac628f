package io.jenkins.plugins.cachepurge.report;

import hudson.Util;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Picture of a timeline, for the page: a strip for each layer, with a bar for each slice in which requests were begun. */
public final class TimelineView {

    /** Height of a strip, in units of the picture; the width of a slice is one. */
    private static final int HEIGHT = 24;

    private final RequestTimeline.Snapshot timeline;
    private final Duration duration;
    private final int most;

    /** @param duration of the operation so far */
    TimelineView(RequestTimeline.Snapshot timeline, Duration duration) {
        this.timeline = timeline;
        this.duration = duration;
        this.most = timeline.layers().stream()
                .flatMap(layer -> layer.slices().stream())
                .mapToInt(slice -> slice.succeeded() + slice.failed())
                .max()
                .orElse(1);
    }

    /** Bar of a slice, in units of the picture; what failed is on top of what succeeded. */
    public record Bar(int x, int y, int height, boolean failed) {

        public int getX() {
            return x;
        }

        public int getY() {
            return y;
        }

        public int getHeight() {
            return height;
        }

        /** Name of its CSS class. */
        public String getKind() {
            return failed ? "failed" : "ok";
        }
    }

    /** Strip of a layer. */
    public final class Strip {

        private final RequestTimeline.Layer layer;

        Strip(RequestTimeline.Layer layer) {
            this.layer = layer;
        }

        /** Its name; empty for an operation without layers. */
        public String getName() {
            return layer.name();
        }

        public int getSucceeded() {
            return layer.slices().stream()
                    .mapToInt(RequestTimeline.Slice::succeeded)
                    .sum();
        }

        public int getFailed() {
            return layer.slices().stream()
                    .mapToInt(RequestTimeline.Slice::failed)
                    .sum();
        }

        /** Where its first request was begun. */
        public int getFrom() {
            return IntStream.range(0, layer.slices().size())
                    .filter(i -> !layer.slices().get(i).equals(RequestTimeline.Slice.EMPTY))
                    .findFirst()
                    .orElse(0);
        }

        /** Where its last request was begun. */
        public int getTo() {
            return layer.slices().size();
        }

        public List<Bar> getBars() {
            return IntStream.range(0, layer.slices().size())
                    .boxed()
                    .flatMap(i -> bars(i, layer.slices().get(i)).stream())
                    .toList();
        }

        private List<Bar> bars(int x, RequestTimeline.Slice slice) {
            int succeeded = height(slice.succeeded());
            int failed = height(slice.failed());
            return List.of(
                            new Bar(x, HEIGHT - succeeded, succeeded, false),
                            new Bar(x, HEIGHT - succeeded - failed, failed, true))
                    .stream()
                    .filter(bar -> bar.height() > 0)
                    .toList();
        }

        /** A single request is seen, too. */
        private int height(int requests) {
            return requests == 0 ? 0 : Math.max(3, requests * (HEIGHT - 3) / most);
        }
    }

    public List<Strip> getStrips() {
        return timeline.layers().stream().map(Strip::new).toList();
    }

    /** Width of the picture: the slices up to the end of the operation. */
    public int getWidth() {
        int slices = timeline.layers().stream()
                .mapToInt(layer -> layer.slices().size())
                .max()
                .orElse(1);
        return (int) Math.max(slices, duration.toMillis() / timeline.sliceMillis() + 1);
    }

    public int getHeight() {
        return HEIGHT;
    }

    /** Duration of the operation, for people. */
    public String getDurationText() {
        return Util.getTimeSpanString(duration.toMillis());
    }
}
