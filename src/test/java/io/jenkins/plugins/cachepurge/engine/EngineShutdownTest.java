package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jenkins stops, its terminators in any order: no operation ends by that, and nothing more is sent. */
class EngineShutdownTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Part.Group PARTS = sideBySide(List.of(
            new Part.Single("a"), new Part.Polled("b"), new Part.Once("c"), sideBySide(List.of(new Part.Once("d")))));

    private enum Dependency {
        TIMER,
        EXECUTOR,
        CALLBACKS,
        TRANSPORT
    }

    /** What an operation works with, each of which can be stopped. */
    private static final class StoppableEngine {

        private final PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        private final RecordingCallback<Result> callback = new RecordingCallback<>();
        private final Set<Dependency> stopped = new java.util.HashSet<>();
        private final List<Throwable> thrown = new ArrayList<>();
        private boolean closed;
        private int sent;

        private void check(Dependency dependency) {
            if (stopped.contains(dependency)) {
                throw new RejectedExecutionException(dependency.toString());
            }
        }

        private Executor executor(Dependency dependency) {
            return task -> {
                check(dependency);
                fixture.time.execute(task);
            };
        }

        AsyncDriver<Result> driver() {
            AsyncDriver.Dependencies usual = fixture.harness.dependencies();
            Scheduler timer = (delay, task) -> {
                check(Dependency.TIMER);
                return fixture.time.schedule(delay, task);
            };
            ApiTransport transport = new ApiTransport() {
                @Override
                public <T> Cancellable send(
                        ApiCall<T> call, Signer signer, Duration atMost, Consumer<Outcome<T>> receiver) {
                    check(Dependency.TRANSPORT);
                    sent++;
                    return usual.transport().send(call, signer, atMost, receiver);
                }
            };
            AsyncDriver.Dependencies dependencies = new AsyncDriver.Dependencies(
                    transport,
                    usual.signers(),
                    usual.clock(),
                    timer,
                    executor(Dependency.EXECUTOR),
                    executor(Dependency.CALLBACKS),
                    new Quotas(
                            usual.clock(), timer, new RetryPolicy(EngineHarness.NO_JITTER), url -> OptionalInt.empty()),
                    usual.tokens(),
                    usual.pollBatcher(),
                    usual.listener(),
                    usual.checkpoints(),
                    () -> closed);
            return new AsyncDriver<>(
                    fixture.harness.session(fixture.operation(PARTS), TIMEOUT), dependencies, callback);
        }

        /** What is due still runs, as delayed tasks of a timer do. */
        void runAll() {
            while (!fixture.time.idle()) {
                try {
                    fixture.time.runNext();
                } catch (RuntimeException | Error e) {
                    thrown.add(e);
                }
            }
        }
    }

    private static void runSteps(StoppableEngine engine, int steps) {
        for (int i = 0; i < steps && !engine.fixture.time.idle(); i++) {
            engine.fixture.time.runNext();
        }
    }

    private static int steps() {
        StoppableEngine engine = new StoppableEngine();
        engine.driver().start();
        int steps = 0;
        while (engine.callback.isEmpty()) {
            engine.fixture.time.runNext();
            steps++;
        }
        engine.callback.single().succeeded();
        return steps;
    }

    /** @param first which of them stops first; the others follow, one with each task */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void operationDoesNotEndWheneverJenkinsStops(int first) {
        int steps = steps();
        assertTrue(steps > 40, "steps: " + steps);
        for (int at = 0; at < steps; at++) {
            StoppableEngine engine = new StoppableEngine();
            engine.driver().start();
            runSteps(engine, at);
            engine.closed = true;
            int sent = engine.sent;
            for (int i = 0; i < Dependency.values().length; i++) {
                engine.stopped.add(Dependency.values()[(first + i) % Dependency.values().length]);
                if (!engine.fixture.time.idle()) {
                    try {
                        engine.fixture.time.runNext();
                    } catch (RuntimeException | Error e) {
                        engine.thrown.add(e);
                    }
                }
            }
            engine.runAll();
            if (!engine.callback.isEmpty()) {
                assertTrue(engine.fixture.service.did(PARTS) && at >= steps - 2, "not over before it stopped at " + at);
                engine.callback.single().succeeded();
            }
            assertEquals(sent, engine.sent, "sent after the stop at " + at);
            assertEquals(List.of(), engine.thrown, "stopped at " + at);
        }
    }

    @Test
    void deadlineThatPassesWhileJenkinsStopsIsNoEnd() {
        StoppableEngine engine = new StoppableEngine();
        engine.fixture.service.hang("single/a");
        engine.driver().start();
        engine.fixture.time.sleep(Duration.ofSeconds(10));
        engine.closed = true;
        int sent = engine.sent;
        engine.runAll();
        assertTrue(engine.callback.isEmpty());
        assertEquals(sent, engine.sent);
        assertEquals(List.of(), engine.thrown);
    }

    @Test
    void abortWhileJenkinsStopsSendsNothing() {
        StoppableEngine engine = new StoppableEngine();
        engine.fixture.service.hang("once/c");
        AsyncDriver<Result> driver = engine.driver();
        driver.start();
        engine.fixture.time.sleep(Duration.ofSeconds(5));
        engine.closed = true;
        int sent = engine.sent;
        engine.stopped.addAll(List.of(Dependency.values()));
        assertTrue(driver.abort());
        engine.runAll();
        assertEquals(sent, engine.sent);
        assertEquals(List.of(), engine.thrown);
    }

    @Test
    void operationThatStartsWhileJenkinsStopsDoesNothing() {
        StoppableEngine engine = new StoppableEngine();
        engine.closed = true;
        engine.stopped.addAll(List.of(Dependency.values()));
        engine.driver().start();
        engine.runAll();
        assertTrue(engine.callback.isEmpty());
        assertEquals(0, engine.sent);
    }

    @Test
    void operationGoesOnFromItsCheckpointAfterTheStop() {
        for (int at = 0; at < steps(); at += 3) {
            StoppableEngine engine = new StoppableEngine();
            engine.fixture.harness.service().failNext(UsualFaults.unavailable());
            engine.driver().start();
            runSteps(engine, at);
            engine.closed = true;
            engine.stopped.addAll(List.of(Dependency.values()));
            engine.runAll();
            engine.fixture.harness.restart();
            OperationOutcome<Result> outcome = engine.fixture.harness.run(
                    engine.fixture.harness.resumed(engine.fixture.operation(PARTS), Duration.ofMinutes(5)));
            assertEquals("[a, b, c, [d]]", outcome.succeeded().text(), "stopped at " + at);
            assertEquals(1, engine.fixture.service.mostRepeatedOnce(), "stopped at " + at);
        }
    }
}
