package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.BuddyFixture;
import io.jenkins.plugins.cachepurge.operation.buddy.BuddyCacheClear.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The driver with a transport that violates its contract. */
class AsyncDriverTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final BuddyFixture fixture = new BuddyFixture(DriverKind.ASYNC);
    private final VirtualTime time = fixture.time;
    private final EngineHarness harness = fixture.harness;
    private final RecordingCallback<Result> callback = new RecordingCallback<>();
    private int cancelled;

    /** Never tells an outcome by itself. */
    private final class Silent implements ApiTransport {

        private final List<Runnable> late = new ArrayList<>();

        @Override
        public <T> Cancellable send(
                ApiCall<T> call, Signer authentication, Duration atMost, Consumer<Outcome<T>> receiver) {
            ApiException lost = ApiException.noResponse(call, "at last");
            late.add(() -> receiver.accept(new Outcome.Failure<>(lost)));
            return () -> cancelled++;
        }
    }

    private AsyncDriver<Result> driver(ApiTransport transport) {
        OperationSession<Result> session = harness.session(BuddyFixture.clear(), TIMEOUT);
        return new AsyncDriver<>(session, harness.dependencies(transport), callback);
    }

    @Test
    void operationEndsAtTheDeadlineWhenAnExchangeNeverEnds() {
        driver(new Silent()).start();
        time.runAll();
        assertEquals(TIMEOUT, time.passed());
        ApiException problem = callback.single().failed(Kind.TIMED_OUT);
        assertTrue(problem.getMessage().contains(", and no response has arrived"), problem.getMessage());
        assertEquals(1, cancelled);
    }

    @Test
    void outcomeIsIgnoredWhenTheOperationHasEnded() {
        Silent silent = new Silent();
        driver(silent).start();
        time.runAll();
        silent.late.forEach(Runnable::run);
        time.runAll();
        callback.single().failed(Kind.TIMED_OUT);
    }

    @Test
    void outcomeThatIsReportedTwiceCountsOnce() {
        Silent silent = new Silent();
        driver(silent).start();
        time.runUntil(() -> !silent.late.isEmpty());
        silent.late.get(0).run();
        silent.late.get(0).run();
        time.sleep(Duration.ofSeconds(1));
        assertEquals(
                1,
                harness.console().stream()
                        .filter(line -> line.contains("at last"))
                        .count());
        assertEquals(2, silent.late.size(), "asked again once");
    }

    @Test
    void defectOfTheTransportIsReported() {
        driver(new ApiTransport() {
                    @Override
                    public <T> Cancellable send(
                            ApiCall<T> call, Signer auth, Duration atMost, Consumer<Outcome<T>> receiver) {
                        throw new IllegalStateException("shut down");
                    }
                })
                .start();
        time.runAll();
        assertInstanceOf(IllegalStateException.class, callback.single().problem());
    }
}
