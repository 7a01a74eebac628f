package io.jenkins.plugins.cachepurge.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import io.jenkins.plugins.cachepurge.operation.BatchLookup;
import io.jenkins.plugins.cachepurge.operation.ScalewayFixture;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.simulator.SimRequest;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls of one pipeline's purges are answered by one list, with the same outcome as single polls. */
class PollBatcherTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration JOB = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    /** Of one that waits alone for the job, its submission included. */
    private static final int REQUESTS_ALONE = 19;

    private final ScalewayFixture fixture = new ScalewayFixture(DriverKind.ASYNC);
    private final List<RecordingCallback<PurgeResult>> callbacks = new ArrayList<>();
    private final List<OperationSession<PurgeResult>> sessions = new ArrayList<>();
    private final List<AsyncDriver<PurgeResult>> drivers = new ArrayList<>();

    private void purges(int count) {
        purges(count, JOB, TIMEOUT);
    }

    /** One after the other, a moment apart. */
    private void purges(int count, Duration job, Duration timeout) {
        fixture.scaleway.purgeTakes(job, "done");
        for (int i = 0; i < count; i++) {
            RecordingCallback<PurgeResult> callback = new RecordingCallback<>();
            callbacks.add(callback);
            purge(i, timeout, callback);
        }
    }

    private void purge(int number, Duration timeout, AsyncDriver.CompletionCallback<PurgeResult> listener) {
        OperationSession<PurgeResult> session = fixture.harness.session(ScalewayFixture.purge(1), timeout);
        sessions.add(session);
        AsyncDriver<PurgeResult> driver = fixture.harness.async(session, listener);
        drivers.add(driver);
        fixture.time.schedule(BETWEEN.multipliedBy(number), driver::start);
    }

    @AfterEach
    void assertNothingIsLeft() {
        assertEquals(0, fixture.harness.transport().inFlightCount());
        assertTrue(fixture.time.idle());
    }

    private void allSucceed() {
        fixture.time.runAll();
        callbacks.forEach(
                callback -> assertEquals("done", callback.single().succeeded().status()));
    }

    private static boolean lists(SimRequest request) {
        return request.method().equals("GET") && request.path().endsWith("/purge-requests");
    }

    private static boolean asksForOne(SimRequest request) {
        return request.method().equals("GET") && !lists(request);
    }

    private int lists() {
        return fixture.harness.service().requests(PollBatcherTest::lists).size();
    }

    private int singles() {
        return fixture.harness.service().requests(PollBatcherTest::asksForOne).size();
    }

    @Test
    void hundredOperationsPollWithFewRequests() {
        purges(100);
        allSucceed();
        assertEquals(100, fixture.submitted().size());
        assertThat(lists(), lessThan(100));
        assertThat(singles(), lessThan(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fewOperationsPollSingly(int count) {
        purges(count);
        allSucceed();
        assertEquals(0, lists());
        assertEquals(
                count * REQUESTS_ALONE, fixture.harness.service().requests().size());
    }

    @Test
    void endIsNoticedSoonerWhenPollsAreShared() {
        List<Duration> late = new ArrayList<>();
        fixture.scaleway.purgeTakes(JOB, "done");
        for (int i = 0; i < 50; i++) {
            Duration begun = BETWEEN.multipliedBy(i);
            purge(i, TIMEOUT, new AsyncDriver.CompletionCallback<>() {
                @Override
                public void onSuccess(PurgeResult result) {
                    late.add(fixture.time.passed().minus(begun).minus(JOB));
                }

                @Override
                public void onFailure(Throwable problem) {
                    throw new AssertionError(problem);
                }
            });
        }
        fixture.time.runAll();
        assertEquals(50, late.size());
        late.forEach(delay -> assertThat(delay, lessThan(JOB.dividedBy(7))));
    }

    /** Young ones are asked about often, and take along only those whose own time has nearly come. */
    @Test
    void longWaitsPollLessOften() {
        Duration hour = Duration.ofHours(1);
        purges(5, hour, hour.multipliedBy(2));
        fixture.time.sleep(Duration.ofMinutes(2));
        int before = polls(0);
        purges(5, hour, hour.multipliedBy(2));
        fixture.time.sleep(Duration.ofMinutes(1));
        assertThat(polls(0) - before, lessThan(4 * 60 / 15 + 1));
        assertThat(polls(5), greaterThan(20));
        allSucceed();
    }

    private int polls(int number) {
        OperationSession<?> session = sessions.get(number);
        return session.requests() + session.sharedPolls();
    }

    /** What each counts as its own, and the lists, are all that the service saw. */
    @Test
    void consoleCountsOwnAndSharedRequests() {
        purges(10);
        allSucceed();
        int own = sessions.stream().mapToInt(OperationSession::requests).sum();
        assertEquals(fixture.harness.service().requests().size(), own + lists());
        OperationSession<?> last = sessions.get(9);
        assertThat(fixture.harness.consoleText(), containsString(", %d shared poll".formatted(last.sharedPolls())));
    }

    @Test
    void pollIsSentSinglyWhenTheListDoesNotAnswerIt() {
        purges(10);
        fixture.time.sleep(Duration.ofMillis(900));
        addOthers(47);
        allSucceed();
        assertThat(lists(), greaterThan(0));
        assertThat(singles(), greaterThan(0));
    }

    @Test
    void operationsPollWithFewRequestsWhenThereAreManyPages() {
        purges(200);
        allSucceed();
        assertThat(fixture.harness.service().requests().size(), lessThan(200 * REQUESTS_ALONE / 6));
    }

    /** The newer ones of others fill the first page, and the second one tells all the same. */
    @Test
    void nextPageIsReadWhenAPageAnswersNone() {
        purges(100);
        fixture.time.sleep(Duration.ofSeconds(10));
        addOthers(60);
        int before = singles();
        fixture.time.sleep(Duration.ofSeconds(2));
        assertThat(singles() - before, lessThan(20));
        allSucceed();
    }

    /** Nobody looks through thousands for a few. */
    @Test
    void pagesAreNotReadForLongWhenTheyAnswerNone() {
        purges(20);
        fixture.time.sleep(Duration.ofSeconds(10));
        addOthers(2000);
        int before = lists();
        fixture.time.runUntil(() -> lists() > before);
        fixture.time.sleep(Duration.ofMillis(100));
        assertThat(lists() - before, lessThan(4));
        allSucceed();
    }

    private void addOthers(int count) {
        for (int i = 0; i < count; i++) {
            fixture.scaleway.addPurge(ScalewayFixture.PIPELINE, List.of("/other"), fixture.time.instant(), "done");
        }
    }

    /** Somebody may be allowed to see a purge request, and not to list them. */
    @Test
    void pollsAreSentSinglyWhenTheListIsRefused() {
        fixture.harness
                .service()
                .failEvery(
                        PollBatcherTest::lists,
                        UsualFaults.answering(SimResponse.json(403, Map.of("type", "permissions_denied"))));
        purges(10);
        allSucceed();
        assertThat(lists(), greaterThan(0));
        assertThat(singles(), greaterThan(0));
    }

    @Test
    void pollsAreSentSinglyWhenTheListIsUnreadable() {
        fixture.harness
                .service()
                .failEvery(PollBatcherTest::lists, UsualFaults.answering(SimResponse.json(200, Map.of())));
        purges(10);
        allSucceed();
    }

    /** As after a refusal of its own: each comes again, later and not at the same moment. */
    @Test
    void allOperationsWaitWhenTheServiceIsUnavailable() {
        purges(10);
        fixture.time.sleep(Duration.ofSeconds(5));
        fixture.harness.service().failNext(PollBatcherTest::lists, UsualFaults.unavailable());
        int before = fixture.harness.service().requests().size();
        fixture.time.runUntil(() -> fixture.harness.consoleText().contains("503"));
        fixture.time.sleep(Duration.ofMillis(400));
        assertThat(fixture.harness.service().requests().size() - before, lessThan(10));
        allSucceed();
    }

    /** A list is a request as any other: nobody is sent into the wall that it met. */
    @Test
    void refusalOfTheListClosesTheQuotaForAll() {
        purges(10);
        fixture.time.sleep(Duration.ofSeconds(5));
        fixture.harness.service().failNext(PollBatcherTest::lists, UsualFaults.tooManyRequestsRetryAfter(8));
        fixture.time.runUntil(() -> fixture.harness.consoleText().contains("429"));
        int before = fixture.harness.service().requests().size();
        purge(10, TIMEOUT, new RecordingCallback<>());
        fixture.time.sleep(Duration.ofMillis(7_800));
        assertEquals(before, fixture.harness.service().requests().size(), "requests while the quota is closed");
        allSucceed();
    }

    /** The task that would send the list does not come about: others get its permit. */
    @Test
    void permitOfAListIsGivenToOthersWhenItIsNotUsed() {
        List<Runnable> held = new ArrayList<>();
        boolean[] holding = {false};
        AsyncDriver.Dependencies usual = fixture.harness.dependencies();
        AsyncDriver.Dependencies slow = new AsyncDriver.Dependencies(
                usual.transport(),
                usual.signers(),
                usual.clock(),
                usual.timer(),
                task -> {
                    if (holding[0]) {
                        held.add(task);
                    } else {
                        fixture.time.execute(task);
                    }
                },
                usual.callbacks(),
                usual.quotas(),
                usual.tokens(),
                usual.pollBatcher(),
                usual.listener(),
                usual.checkpoints(),
                usual.closed());
        BatchPoll poll = new BatchPoll(slow, slow.signers());
        ApiCall<Map<String, String>> list = new ApiCall<>(
                "Example",
                "list",
                ApiRequest.get(HttpUrl.get("https://api.example.org/")),
                (json, response) -> Map.of(),
                (response, json) -> ServiceError.of(""),
                Idempotency.IDEMPOTENT,
                QuotaSpec.concurrent(1));
        for (int i = 0; i < BatchPoll.MIN_BATCH_SIZE; i++) {
            poll.add(new BatchLookup<>("list", "" + i, String.class, page -> list), outcome -> {}, () -> {});
        }
        holding[0] = true;
        poll.send();
        Quota quota = usual.quotas().of(list, "");
        assertTrue(quota.tryAcquire(list.quota()).isEmpty());
        fixture.time.sleep(Duration.ofSeconds(2));
        Quota.Permit permit = quota.tryAcquire(list.quota()).orElseThrow();
        held.forEach(Runnable::run);
        held.clear();
        fixture.time.sleep(Duration.ofMillis(200));
        assertEquals(0, fixture.harness.service().requests().size());
        holding[0] = false;
        permit.release();
        fixture.time.runAll();
        assertEquals(1, fixture.harness.service().requests().size());
        assertTrue(quota.tryAcquire(list.quota()).isPresent());
    }

    @Test
    void othersGoOnWhenOneIsAborted() {
        purges(10);
        fixture.time.sleep(Duration.ofSeconds(10));
        assertTrue(drivers.remove(3).abort());
        RecordingCallback<PurgeResult> aborted = callbacks.remove(3);
        allSucceed();
        assertTrue(aborted.isEmpty());
    }

    /** At any moment, also while the list is under way. */
    @Test
    void nothingIsLeftWhenAllAreAborted() {
        for (int at = 0; at < 60; at++) {
            purges(5);
            fixture.time.sleep(Duration.ofMillis(970 + at * 10));
            drivers.forEach(driver -> assertTrue(driver.abort()));
            fixture.time.runAll();
            callbacks.forEach(callback -> assertTrue(callback.isEmpty()));
            drivers.clear();
            callbacks.clear();
        }
    }

    @Test
    void operationsEndAtTheDeadlineWhenTheListStalls() {
        fixture.harness.service().failEvery(PollBatcherTest::lists, UsualFaults.stall());
        purges(6, JOB, Duration.ofSeconds(10));
        fixture.time.runAll();
        callbacks.forEach(callback -> callback.single().failed(Kind.TIMED_OUT));
        assertThat(lists(), greaterThan(0));
    }

    @Test
    void credentialsAreLookedUpUntilTheDeadlineWhenTheyAreMissing() {
        purges(6);
        fixture.time.sleep(Duration.ofSeconds(10));
        fixture.harness.loseCredentials("credentialsId: there are none");
        fixture.time.runAll();
        assertThat(callbacks, not(empty()));
        callbacks.forEach(callback -> assertTrue(
                callback.single().failed(Kind.TIMED_OUT).getMessage().contains("credentialsId: there are none")));
    }

    @Test
    void failureIsReportedToItsOwnOperationOnly() {
        fixture.scaleway.nextFinalStatuses("done", "done", "error", "done", "done");
        purges(5);
        fixture.time.runAll();
        callbacks.remove(2).single().failed(Kind.FAILED);
        callbacks.forEach(
                callback -> assertEquals("done", callback.single().succeeded().status()));
    }
}
