package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.singles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.AddressRule;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.Outcome;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import io.jenkins.plugins.cachepurge.operation.BunnyFixture;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that share what one credential may send to one service. */
class QuotaOperationsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
    private final EngineHarness harness = fixture.harness;

    private RecordingCallback<Result> start(Operation<?, Result> operation) {
        return start(operation, harness.dependencies());
    }

    private RecordingCallback<Result> start(Operation<?, Result> operation, AsyncDriver.Dependencies dependencies) {
        RecordingCallback<Result> callback = new RecordingCallback<>();
        new AsyncDriver<>(harness.session(operation, TIMEOUT), dependencies, callback).start();
        return callback;
    }

    private AsyncDriver.Dependencies dependencies(
            ApiTransport transport, SignerProvider signers, Executor executor, CheckpointStore checkpoints) {
        AsyncDriver.Dependencies usual = harness.dependencies(transport);
        return new AsyncDriver.Dependencies(
                transport,
                signers,
                usual.clock(),
                usual.timer(),
                executor,
                usual.callbacks(),
                usual.quotas(),
                usual.tokens(),
                usual.pollBatcher(),
                usual.listener(),
                checkpoints,
                usual.closed());
    }

    /** As many permits as there are must be free when all has ended. */
    private void assertNoPermitLeaked() {
        ApiCall<String> call = callTo(ApiRequest.get(HttpUrl.get("https://api.example.org/")));
        Quota quota = harness.dependencies().quotas().of(call, "");
        for (int i = 1; i <= QuotaSpec.DEFAULT.maxConcurrent(); i++) {
            assertTrue(
                    quota.tryAcquire(QuotaSpec.DEFAULT).isPresent(), "a permit has leaked, only " + (i - 1) + " left");
        }
        assertTrue(quota.tryAcquire(QuotaSpec.DEFAULT).isEmpty());
    }

    private static ApiCall<String> callTo(ApiRequest request) {
        return new ApiCall<>(
                "Example",
                "do it",
                request,
                (json, response) -> "",
                (response, json) -> ServiceError.of(""),
                Idempotency.IDEMPOTENT);
    }

    /** One that never responds does not delay the others. */
    @Test
    void eachAddressOfAHostHasAQuotaOfItsOwn() {
        Quotas quotas = harness.dependencies().quotas();
        ApiRequest request = ApiRequest.get(HttpUrl.get("https://api.example.org/"));
        Quota first = quotas.of(callTo(request.withAddresses(AddressRule.only("10.0.0.1"))), "");
        Quota second = quotas.of(callTo(request.withAddresses(AddressRule.only("10.0.0.2"))), "");
        assertNotSame(first, second);
        assertSame(first, quotas.of(callTo(request.withAddresses(AddressRule.only("10.0.0.1"))), ""));
        assertSame(
                quotas.of(callTo(request), ""),
                quotas.of(callTo(request.withAddresses(AddressRule.GLOBAL_ONLY.withRotation(1))), ""));
    }

    @Test
    void smallOperationDoesNotWaitForALargeOne() {
        RecordingCallback<Result> large = start(fixture.equalParts(5_000));
        fixture.time.sleep(Duration.ofSeconds(5));
        Instant[] ended = {null};
        new AsyncDriver<>(
                        harness.session(fixture.operation(sideBySide(singles(3))), TIMEOUT),
                        harness.dependencies(),
                        new AsyncDriver.CompletionCallback<Result>() {
                            @Override
                            public void onSuccess(Result result) {
                                ended[0] = fixture.time.instant();
                            }

                            @Override
                            public void onFailure(Throwable problem) {
                                throw new AssertionError(problem);
                            }
                        })
                .start();
        fixture.time.sleep(Duration.ofSeconds(1));
        assertTrue(ended[0] != null, "it has ended within a second");
        fixture.time.runAll();
        large.single().succeeded();
    }

    @Test
    void operationsOfEqualSizeEndAtTheSameTime() {
        List<Instant> ends = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            new AsyncDriver<>(
                            harness.session(fixture.equalParts(100), TIMEOUT),
                            harness.dependencies(),
                            new AsyncDriver.CompletionCallback<Result>() {
                                @Override
                                public void onSuccess(Result result) {
                                    ends.add(fixture.time.instant());
                                }

                                @Override
                                public void onFailure(Throwable problem) {
                                    throw new AssertionError(problem);
                                }
                            })
                    .start();
        }
        fixture.time.runAll();
        assertEquals(10, ends.size());
        Duration apart = Duration.between(ends.get(0), ends.get(9));
        assertTrue(apart.compareTo(Duration.ofSeconds(2)) < 0, "the last ended later by " + apart);
        Duration least = SimulatedTransport.LATENCY.multipliedBy(2 * 1_000 / 6);
        assertTrue(fixture.time.passed().compareTo(least.plusSeconds(1)) < 0, "all took " + fixture.time.passed());
    }

    /** Whoever sent blindly would be refused half of the time. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusalClosesTheQuotaForAllOperations(boolean sameHint) {
        Duration open = Duration.ofSeconds(2);
        List<Instant> refused = new ArrayList<>();
        harness.service().failEvery(request -> true, (request, service) -> {
            Duration passed = fixture.time.passed();
            long interval = passed.toMillis() / open.toMillis();
            if (interval % 2 == 0) {
                return service.get();
            }
            refused.add(fixture.time.instant());
            long left = (interval + 1) * open.toMillis() - passed.toMillis();
            long seconds = sameHint ? 2 : (left + 999) / 1000;
            return SimResponse.json(429, Map.of()).withHeader("Retry-After", Long.toString(seconds));
        });
        List<RecordingCallback<Result>> callbacks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callbacks.add(start(fixture.equalParts(50)));
        }
        fixture.time.runAll();
        callbacks.forEach(callback -> callback.single().succeeded());
        int requests = harness.service().requests().size();
        assertTrue(requests <= 1.1 * 20 * 50, "requests: " + requests);
        assertTrue(!refused.isEmpty(), "nothing was refused");
        assertNothingSentWhileClosed(refused, Duration.ofSeconds(2));
        assertNoPermitLeaked();
    }

    private void assertNothingSentWhileClosed(List<Instant> refused, Duration least) {
        Duration there = SimulatedTransport.LATENCY.multipliedBy(2);
        for (Instant refusal : refused) {
            long during = fixture.service.sentAt().stream()
                    .filter(at -> at.isAfter(refusal.plus(there)) && at.isBefore(refusal.plus(least)))
                    .count();
            assertEquals(0, during, "sent while closed");
        }
    }

    @Test
    void otherCredentialIsNotClosed() {
        AsyncDriver.Dependencies other = dependencies(
                harness.transport(),
                new SignerProvider() {
                    @Override
                    public Authentication authentication() {
                        return Signer.NONE;
                    }

                    @Override
                    public String credentialId() {
                        return "other";
                    }
                },
                fixture.time,
                harness.checkpoints());
        harness.service().failNext(UsualFaults.tooManyRequestsRetryAfter(60));
        RecordingCallback<Result> closed = start(fixture.operation(new Part.Single("a")));
        fixture.time.sleep(Duration.ofSeconds(1));
        RecordingCallback<Result> open = start(fixture.operation(new Part.Single("b")), other);
        fixture.time.sleep(Duration.ofSeconds(1));
        open.single().succeeded();
        RecordingCallback<Result> waiting = start(fixture.operation(new Part.Single("c")));
        fixture.time.sleep(Duration.ofSeconds(30));
        assertTrue(waiting.isEmpty() && closed.isEmpty());
        fixture.time.runAll();
        waiting.single().succeeded();
        closed.single().succeeded();
    }

    @Test
    void serviceThatAlwaysRefusesWithoutAHintIsLeftAloneForLongerEachTime() {
        harness.service().failEvery(request -> true, UsualFaults.answering(SimResponse.json(429, Map.of())));
        start(fixture.equalParts(200));
        fixture.time.sleep(Duration.ofMinutes(10));
        int requests = harness.service().requests().size();
        assertTrue(requests < 6 * 60, "requests: " + requests);
        fixture.time.runAll();
    }

    @Test
    void serviceThatAlwaysRefusesWithAHintOfZeroIsLeftAloneForLongerEachTime() {
        harness.service().failEvery(request -> true, UsualFaults.tooManyRequestsRetryAfter(0));
        start(fixture.equalParts(200));
        fixture.time.sleep(Duration.ofMinutes(10));
        int requests = harness.service().requests().size();
        assertTrue(requests < 6 * 60, "requests: " + requests);
        fixture.time.runAll();
        assertTrue(
                harness.console().size() < 10 + 30 * 6,
                "lines: " + harness.console().size());
    }

    /** Who waits for the requests of others hears of it on the console, and at the deadline. */
    @Test
    void longWaitForOthersIsTold() {
        harness.service().failEvery(request -> true, UsualFaults.stall());
        for (int i = 0; i < 2; i++) {
            start(fixture.operation(sideBySide(singles(3))));
        }
        RecordingCallback<Result> waiting = new RecordingCallback<>();
        new AsyncDriver<>(
                        harness.session(fixture.operation(new Part.Single("late")), Duration.ofSeconds(20)),
                        harness.dependencies(),
                        waiting)
                .start();
        fixture.time.sleep(Duration.ofSeconds(9));
        assertFalse(harness.consoleText().contains("waiting"), harness.consoleText());
        fixture.time.sleep(Duration.ofSeconds(2));
        String reason = "since 6 other requests with the same credentials are under way or come first";
        assertTrue(harness.consoleText().contains(": waiting, " + reason), harness.consoleText());
        fixture.time.sleep(Duration.ofSeconds(10));
        String problem = waiting.single().failed(Kind.TIMED_OUT).getMessage();
        assertTrue(problem.endsWith("Last known: nothing was sent, " + reason + "."), problem);
    }

    @Test
    void longPauseOfTheServiceIsTold() {
        harness.service().failNext(UsualFaults.tooManyRequestsRetryAfter(60));
        start(fixture.operation(new Part.Single("a")));
        fixture.time.sleep(Duration.ofSeconds(1));
        start(fixture.operation(new Part.Single("b")));
        fixture.time.sleep(Duration.ofSeconds(11));
        assertTrue(
                harness.consoleText().contains("waiting, since the service asked for a pause, for another 49 s"),
                harness.consoleText());
        fixture.time.runAll();
        assertNoPermitLeaked();
    }

    @Test
    void bunnysBucketIsUsedUpAndNeverExceeded() {
        BunnyFixture bunny = new BunnyFixture(DriverKind.ASYNC);
        bunny.harness.run(BunnyFixture.purge(BunnyFixture.urls(400)), TIMEOUT).succeeded();
        assertEquals(400, bunny.harness.service().requests().size(), "no request was refused");
        assertEquals(400, bunny.purged().size());
        double allowed = (400 - 120) / 5.0;
        double taken = bunny.time.passed().toMillis() / 1000.0;
        assertTrue(taken <= 1.05 * allowed, "seconds: " + taken);
    }

    @Test
    void permitWhoseHolderLooksUpCredentialsIsGivenToOthers() {
        List<Runnable> blocked = new ArrayList<>();
        AsyncDriver.Dependencies slow =
                dependencies(harness.transport(), () -> Signer.NONE, blocked::add, harness.checkpoints());
        for (int i = 0; i < 6; i++) {
            start(fixture.operation(new Part.Single("slow" + i)), slow);
        }
        // Looks up credentials six times, each with a permit, and the tasks that would go on do not run.
        List<Runnable> starts = List.copyOf(blocked);
        blocked.clear();
        starts.forEach(Runnable::run);
        RecordingCallback<Result> unrelated = start(fixture.operation(sideBySide(singles(10))));
        fixture.time.sleep(Duration.ofSeconds(3));
        unrelated.single().succeeded();
        Runnable goOn = () -> {
            List<Runnable> some = List.copyOf(blocked);
            blocked.clear();
            some.forEach(Runnable::run);
        };
        for (int i = 0; i < 100; i++) {
            goOn.run();
            fixture.time.sleep(Duration.ofMillis(50));
        }
        assertEquals(16, fixture.service.effects(), "those that were slow end, too");
        assertNoPermitLeaked();
    }

    @Test
    void permitsAreFreeAfterAnAbort() {
        RecordingCallback<Result> callback = new RecordingCallback<>();
        for (int at = 0; at <= 400; at += 25) {
            AsyncDriver<Result> driver = harness.async(harness.session(fixture.equalParts(30), TIMEOUT), callback);
            driver.start();
            fixture.time.sleep(Duration.ofMillis(at));
            driver.abort();
            fixture.time.sleep(Duration.ofSeconds(2));
        }
        fixture.time.runAll();
        assertNoPermitLeaked();
    }

    @Test
    void permitsAreFreeAfterADeadline() {
        for (int i = 0; i < 30; i += 1) {
            fixture.service.hang("single/" + i);
        }
        harness.run(fixture.equalParts(30), Duration.ofSeconds(90)).failed(Kind.TIMED_OUT);
        assertNoPermitLeaked();
    }

    @Test
    void permitsAreFreeAfterDefectsOfTheTransport() {
        ApiTransport broken = new ApiTransport() {
            @Override
            public <T> Cancellable send(
                    ApiCall<T> call, Signer signer, Duration atMost, Consumer<Outcome<T>> receiver) {
                throw new IllegalStateException("broken");
            }
        };
        for (int i = 0; i < 10; i++) {
            RecordingCallback<Result> callback = start(fixture.equalParts(10), harness.dependencies(broken));
            fixture.time.runAll();
            assertInstanceOf(IllegalStateException.class, callback.single().problem());
        }
        assertNoPermitLeaked();
    }

    @Test
    void permitsAreFreeAfterDefectsOfALookup() {
        for (int i = 0; i < 10; i++) {
            AsyncDriver.Dependencies broken = dependencies(
                    harness.transport(),
                    () -> {
                        throw new IllegalStateException("broken");
                    },
                    fixture.time,
                    harness.checkpoints());
            RecordingCallback<Result> callback = start(fixture.equalParts(10), broken);
            fixture.time.runAll();
            assertInstanceOf(IllegalStateException.class, callback.single().problem());
        }
        assertNoPermitLeaked();
    }

    @Test
    void permitsAreFreeWhenNothingCanBeSaved() {
        harness.checkpoints().failWrites();
        for (int i = 0; i < 10; i++) {
            RecordingCallback<Result> callback = start(fixture.operation(new Part.Once("a")));
            fixture.time.runAll();
            callback.single().failed(Kind.FAILED);
        }
        assertNoPermitLeaked();
    }

    /** A disk that is slow before what must not be repeated: the permit went to others, and another is waited for. */
    @Test
    void quotaIsKeptWhenADiskIsSlow() {
        int[] most = {0};
        harness.transport()
                .atEachBoundary(
                        () -> most[0] = Math.max(most[0], harness.transport().inFlightCount()));
        CheckpointStore slow = (entries, durable) -> fixture.time.sleep(Duration.ofSeconds(2));
        List<RecordingCallback<Result>> callbacks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callbacks.add(start(
                    fixture.operation(new Part.Once("once" + i)),
                    dependencies(harness.transport(), () -> Signer.NONE, fixture.time, slow)));
        }
        harness.service().failEvery(request -> request.path().contains("single"), (request, service) -> service.get());
        callbacks.add(start(fixture.equalParts(600)));
        fixture.time.runAll();
        callbacks.forEach(callback -> callback.single().succeeded());
        assertTrue(most[0] <= QuotaSpec.DEFAULT.maxConcurrent(), "at the same time: " + most[0]);
        assertNoPermitLeaked();
    }
}
