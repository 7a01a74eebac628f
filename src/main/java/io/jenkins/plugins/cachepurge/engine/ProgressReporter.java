package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides what of an operation is worth a line on the console. Not safe for several threads. */
interface ProgressReporter {

    /** A request that acts is about to be sent for the first time. */
    void asking(ApiCall<?> call);

    /** The service has reported another status. */
    void status(LocalizedText status);

    /** An exchange has failed, and something follows. */
    void retry(ApiException problem, NextAttempt next, Duration delay);

    /** Something to be reported however often others were. */
    void message(LocalizedText line);

    /** Each event of an operation that is no group of parts. */
    record Direct(SharedSessionState context) implements ProgressReporter {
        @Override
        public void asking(ApiCall<?> call) {
            message(LocalizedText.of("progress.asking", call.service(), call.purpose()));
        }

        @Override
        public void status(LocalizedText status) {
            message(status);
        }

        @Override
        public void retry(ApiException problem, NextAttempt next, Duration delay) {
            context.lastProblem().line(problem.getMessage(), next.text(delay)).ifPresent(context.messages()::add);
        }

        @Override
        public void message(LocalizedText line) {
            context.message(line);
        }
    }

    /** A line every ten seconds for all parts of a large operation. */
    final class Summary implements ProgressReporter {

        private static final Duration INTERVAL = Duration.ofSeconds(10);

        private final SharedSessionState context;
        private final LocalizedText announcement;
        private final int requests;
        private Instant lastLine = Instant.MIN;
        private boolean announced;
        private int retries;
        private boolean repeats;
        private String lastRetry = "";
        private Optional<LocalizedText> lastMessage = Optional.empty();

        /**
         * Lines about parts.
         *
         * @param announcement the first line
         * @param requests how many there will be
         */
        Summary(SharedSessionState context, LocalizedText announcement, int requests) {
            this.context = context;
            this.announcement = announcement;
            this.requests = requests;
        }

        @Override
        public void asking(ApiCall<?> call) {
            if (!announced) {
                announced = true;
                context.message(announcement(call));
            }
        }

        /** How long it takes at least, if the service allows so few requests that a person notices. */
        private LocalizedText announcement(ApiCall<?> call) {
            Duration least = call.quota()
                    .bucket()
                    .map(bucket -> bucket.refill().multipliedBy(Math.max(0, requests - bucket.capacity())))
                    .orElse(Duration.ZERO);
            return least.compareTo(INTERVAL) < 0
                    ? announcement
                    : LocalizedText.of("progress.leastDuration", announcement, least.toSeconds());
        }

        /** What the parts wait for is told by how many are done. */
        @Override
        public void status(LocalizedText status) {}

        @Override
        public void retry(ApiException problem, NextAttempt next, Duration delay) {
            retries++;
            repeats |= next == NextAttempt.REPEAT;
            lastRetry = problem.getMessage();
        }

        @Override
        public void message(LocalizedText line) {
            if (!lastMessage.equals(Optional.of(line))) {
                lastMessage = Optional.of(line);
                context.message(line);
            }
        }

        /** @param progress how far all parts are, such as "Fastly purge of service X: 24 of 100 URLs" */
        void progressed(Instant now, Supplier<LocalizedText> progress) {
            if (lastLine.equals(Instant.MIN)) {
                lastLine = now;
            }
            if (Duration.between(lastLine, now).compareTo(INTERVAL) >= 0) {
                lastLine = now;
                context.message(withRetries(progress.get()));
            }
        }

        /** Retries of which no line has told yet. */
        void ended(Supplier<LocalizedText> progress) {
            if (retries > 0) {
                context.message(withRetries(progress.get()));
            }
        }

        private LocalizedText withRetries(LocalizedText progress) {
            int count = retries;
            boolean sentBefore = repeats;
            retries = 0;
            repeats = false;
            if (count == 0) {
                return progress;
            }
            if (sentBefore) {
                return count == 1
                        ? LocalizedText.of("progress.oneRepeat", progress, lastRetry)
                        : LocalizedText.of("progress.repeats", progress, count, lastRetry);
            }
            return count == 1
                    ? LocalizedText.of("progress.oneRetry", progress, lastRetry)
                    : LocalizedText.of("progress.retries", progress, count, lastRetry);
        }
    }
}
