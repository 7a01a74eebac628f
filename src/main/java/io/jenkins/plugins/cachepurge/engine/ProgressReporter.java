package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Decides what of an operation is worth a line on the console. Not safe for several threads. */
interface ProgressReporter {

    /** A request that acts is about to be sent for the first time. */
    void asking(ApiCall<?> call);

    /** The service has reported another status. */
    void status(String status);

    /**
     * An exchange has failed and will be repeated.
     *
     * @param whatNext such as "trying again"
     */
    void retry(ApiException problem, String whatNext, Duration delay);

    /** Something to be reported however often others were. */
    void message(String line);

    /** A service asks for a pause that ends after the timeout. */
    default void laterThanTimeout(ApiException problem) {
        message("%s asks to retry after %d s, which is later than the timeout"
                .formatted(problem.service(), problem.retryAfter().orElseThrow().toSeconds()));
    }

    /** Each event of an operation that is no group of parts. */
    record Direct(SessionContext context) implements ProgressReporter {
        @Override
        public void asking(ApiCall<?> call) {
            message("Asking %s to %s".formatted(call.service(), call.purpose()));
        }

        @Override
        public void status(String status) {
            message(status);
        }

        @Override
        public void retry(ApiException problem, String whatNext, Duration delay) {
            long seconds = Math.max(1, Math.round(delay.toMillis() / 1000.0));
            context.lastProblem()
                    .line(problem.getMessage(), "Now %s in %s s".formatted(whatNext, seconds))
                    .ifPresent(context.messages()::add);
        }

        @Override
        public void message(String line) {
            context.message(line);
        }
    }

    /** A line every ten seconds for all parts of a large operation. */
    final class Summary implements ProgressReporter {

        private static final Duration INTERVAL = Duration.ofSeconds(10);

        private final SessionContext context;
        private final String announcement;
        private final int requests;
        private Instant lastLine = Instant.MIN;
        private boolean announced;
        private int retries;
        private String lastRetry = "";
        private String lastMessage = "";

        /**
         * Lines about parts.
         *
         * @param announcement the first line
         * @param requests how many there will be
         */
        Summary(SessionContext context, String announcement, int requests) {
            this.context = context;
            this.announcement = announcement;
            this.requests = requests;
        }

        @Override
        public void asking(ApiCall<?> call) {
            if (!announced) {
                announced = true;
                context.message(announcement + leastDuration(call));
            }
        }

        /** How long it takes at least, if the service allows so few requests that a person notices. */
        private String leastDuration(ApiCall<?> call) {
            Duration least = call.quota()
                    .bucket()
                    .map(bucket -> bucket.refill().multipliedBy(Math.max(0, requests - bucket.capacity())))
                    .orElse(Duration.ZERO);
            return least.compareTo(INTERVAL) < 0
                    ? ""
                    : "; its rate limit makes this take %d s at least".formatted(least.toSeconds());
        }

        /** What the parts wait for is told by how many are done. */
        @Override
        public void status(String status) {}

        @Override
        public void retry(ApiException problem, String whatNext, Duration delay) {
            retries++;
            lastRetry = problem.getMessage();
        }

        @Override
        public void message(String line) {
            if (!line.equals(lastMessage)) {
                lastMessage = line;
                context.message(line);
            }
        }

        /** @param progress how far all parts are, such as "Fastly purge of service X: 24 of 100 URLs" */
        void progressed(Instant now, Supplier<String> progress) {
            if (lastLine.equals(Instant.MIN)) {
                lastLine = now;
            }
            if (Duration.between(lastLine, now).compareTo(INTERVAL) >= 0) {
                lastLine = now;
                context.message(progress.get() + retries());
            }
        }

        /** Retries of which no line has told yet. */
        void ended(Supplier<String> progress) {
            if (retries > 0) {
                context.message(progress.get() + retries());
            }
        }

        private String retries() {
            if (retries == 0) {
                return "";
            }
            String text = "; %d request%s sent again, which is harmless, the last after: %s"
                    .formatted(retries, retries == 1 ? " was" : "s were", lastRetry);
            retries = 0;
            return text;
        }
    }
}
