package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sequence;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.singles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Result;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that are made up of others. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class PartsTest {

    /** Some of everything, nested. */
    private static final Part.Group MIXED = sideBySide(List.of(
            new Part.Single("a"),
            new Part.Polled("b"),
            new Part.Once("c"),
            sequence(
                    new Part.Prepared("d", sideBySide(List.of(new Part.Single("e"), new Part.Polled("f")))),
                    new Part.Once("g")),
            new Part.Ended("h"),
            sideBySide(List.of(
                    new Part.Single("i"), new Part.Once("j"), sequence(new Part.Polled("k"), new Part.Ended("l"))))));

    private static final String MIXED_RESULT = "[a, b, c, [[e, f], g], h, [i, j, [k, l]]]";

    @Parameter
    private DriverKind kind;

    private Result succeed(PartsFixture fixture, Part part) {
        return fixture.harness.run(fixture.operation(part)).succeeded();
    }

    private ApiException fail(PartsFixture fixture, Part part, Kind problem) {
        return fixture.harness.run(fixture.operation(part)).failed(problem);
    }

    private static SimResponse refusal(int status) {
        return SimResponse.json(status, Map.of());
    }

    @Test
    void resultsAreInTheOrderOfThePartsWhenTheyEndInAnother() {
        PartsFixture fixture = new PartsFixture(kind);
        assertEquals(MIXED_RESULT, succeed(fixture, MIXED).text());
        assertTrue(fixture.service.did(MIXED));
        assertEquals(9, fixture.service.effects());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void partsUseAllExchangesOfTheQuotaAndNoMore(int quota) {
        PartsFixture fixture = new PartsFixture(kind, QuotaSpec.concurrent(quota));
        int[] most = {0};
        fixture.harness
                .transport()
                .atEachBoundary(() ->
                        most[0] = Math.max(most[0], fixture.harness.transport().inFlightCount()));
        succeed(fixture, sideBySide(singles(60)));
        assertEquals(quota, most[0]);
        Duration one = SimulatedTransport.LATENCY.multipliedBy(2);
        assertEquals(one.multipliedBy(60 / quota), fixture.time.passed());
    }

    @Test
    void groupRunsNoMorePartsThanItsConcurrency() {
        PartsFixture fixture = new PartsFixture(kind, QuotaSpec.concurrent(10));
        int[] most = {0};
        fixture.harness
                .transport()
                .atEachBoundary(() ->
                        most[0] = Math.max(most[0], fixture.harness.transport().inFlightCount()));
        succeed(fixture, new Part.Group(singles(20), 3, false));
        assertEquals(3, most[0]);
    }

    @Test
    void partsOfASequenceFollowOneAnother() {
        PartsFixture fixture = new PartsFixture(kind);
        assertEquals(
                "[a, b, c]",
                succeed(fixture, sequence(new Part.Single("a"), new Part.Polled("b"), new Part.Single("c")))
                        .text());
        List<String> sent = fixture.service.sent();
        assertEquals("POST single/a", sent.get(0));
        assertEquals("POST single/c", sent.get(sent.size() - 1));
        assertEquals(2, sent.stream().filter(each -> each.contains("single")).count());
    }

    @Test
    void sequenceStartsNoFurtherPartWhenOneFails() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.answer("single/b", refusal(404));
        ApiException problem = fail(
                fixture,
                sequence(new Part.Single("a"), new Part.Single("b"), new Part.Single("c"), new Part.Once("d")),
                Kind.REFUSED);
        assertEquals(List.of("POST single/a", "POST single/b"), fixture.service.sent());
        assertTrue(
                problem.getMessage()
                        .startsWith(
                                "Example purge of site: 1 of 4 pages done, 1 failed, 2 not tried. The first failure: Example was asked to purge single/b"),
                problem.getMessage());
    }

    @Test
    void siblingsAreFinishedWhenAPartFails() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.answer("single/1", refusal(404)).answer("single/7", refusal(400));
        ApiException problem = fail(fixture, sideBySide(singles(50)), Kind.REFUSED);
        assertEquals(50, fixture.service.sent().size());
        assertTrue(
                problem.getMessage()
                        .startsWith(
                                "Example purge of site: 48 of 50 pages done, 2 failed. The first failure: Example was asked to purge single/1 "),
                problem.getMessage());
        assertEquals(404, problem.status().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void restIsNotTriedWhenAccessIsRefused(int status) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness
                .service()
                .failEvery(request -> fixture.service.sent().size() >= 10, UsualFaults.answering(refusal(status)));
        ApiException problem = fail(fixture, sideBySide(singles(100)), Kind.REFUSED);
        assertTrue(
                fixture.harness.service().requests().size() <= 10 + 2 * 6,
                "requests: " + fixture.harness.service().requests().size());
        assertTrue(
                problem.getMessage()
                        .matches("Example purge of site: 10 of 100 pages done, \\d+ failed, [78]\\d not tried.*"),
                problem.getMessage());
    }

    @Test
    void nothingIsSentWhenCredentialsAreMissing() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.loseCredentials("no credentials 'nobody'");
        OperationOutcome<?> outcome = fixture.harness.run(fixture.operation(sideBySide(singles(100))));
        assertInstanceOf(CredentialsException.class, outcome.problem());
        assertEquals(List.of(), fixture.service.sent());
    }

    @Test
    void partsAreTriedAgainWhenCredentialsAreMissingForAWhile() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.transport().atEachBoundary(() -> {
            if (fixture.service.sent().size() == 10) {
                fixture.harness.loseCredentials("the provider is restarting");
            }
        });
        fixture.time.schedule(
                Duration.ofSeconds(20),
                () -> fixture.harness.lookUpCredentials(() -> io.jenkins.plugins.cachepurge.client.http.Signer.NONE));
        succeed(fixture, sideBySide(singles(100)));
        assertEquals(100, fixture.service.effects());
    }

    @Test
    void siblingsAreFinishedAndTheDeadlineNamesThePartThatHangs() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.hang("single/3");
        ApiException problem = fail(fixture, sideBySide(singles(50)), Kind.TIMED_OUT);
        assertEquals(49, fixture.service.effects());
        long before = fixture.service.sentAt().stream()
                .filter(at -> at.isBefore(VirtualTime.START.plusSeconds(5)))
                .count();
        assertEquals(50, before, "sent within five seconds");
        assertTrue(problem.getMessage().contains("49 of 50 pages done"), problem.getMessage());
        assertTrue(problem.getMessage().contains("purge single/3"), problem.getMessage());
    }

    @Test
    void partsOfANestedGroupDoNotWaitForAnother() {
        PartsFixture fixture = new PartsFixture(kind);
        List<Part> hanging = IntStream.range(100, 140)
                .<Part>mapToObj(i -> new Part.Single("" + i))
                .toList();
        for (int i = 100; i < 140; i++) {
            fixture.service.answer("single/" + i, refusal(503));
        }
        fail(fixture, sideBySide(List.of(sideBySide(hanging), sideBySide(singles(40)))), Kind.TIMED_OUT);
        assertEquals(40, fixture.service.effects());
    }

    @Test
    void partsAreCreatedOnlyWhenNeeded() {
        PartsFixture fixture = new PartsFixture(kind);
        int[] most = {0};
        fixture.harness
                .transport()
                .atEachBoundary(() -> most[0] = Math.max(most[0], fixture.created() - fixture.service.effects()));
        succeed(fixture, sideBySide(singles(500)));
        assertTrue(most[0] <= Parts.MAX_RUNNING + 1, "more created than ended: " + most[0]);
        assertEquals(501, fixture.created());
    }

    @Test
    void everyPartInFlightIsCancelledWhenTheOperationIsAborted() {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        RecordingCallback<Result> callback = new RecordingCallback<>();
        AsyncDriver<Result> driver = fixture.harness.async(
                fixture.harness.session(
                        fixture.operation(
                                sideBySide(List.of(new Part.Once("a"), new Part.Once("b"), new Part.Once("c")))),
                        Duration.ofMinutes(5)),
                callback);
        fixture.time.schedule(Duration.ofMillis(70), driver::abort);
        driver.start();
        fixture.time.runAll();
        assertTrue(callback.isEmpty());
        assertEquals(Set.of("once/a", "once/b", "once/c"), fixture.service.cancelled());
        assertEquals(6, fixture.service.sent().size(), "each is cancelled once");
    }

    @Test
    void everyPartInFlightIsCancelledAtTheDeadline() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.hang("once/a").hang("once/b");
        fixture.harness
                .run(
                        fixture.operation(sideBySide(List.of(new Part.Once("a"), new Part.Once("b")))),
                        Duration.ofSeconds(20))
                .failed(Kind.TIMED_OUT);
        assertEquals(Set.of("once/a", "once/b"), fixture.service.cancelled());
    }

    @Test
    void everyPartEndsAsUndisturbedWhereverJenkinsCrashes() {
        int events = events(prepare(MIXED));
        assertTrue(events > 40, "events: " + events);
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = new PartsFixture(kind);
            PreparedCase<Result> prepared = prepare(fixture, MIXED);
            crashAt(prepared, at);
            String where = "crash at event " + at;
            assertThrows(SimulatedCrash.class, prepared::run, where);
            OperationOutcome<Result> outcome = prepared.resume(Duration.ofSeconds(20));
            assertEquals(MIXED_RESULT, outcome.succeeded().text(), where);
            assertTrue(fixture.service.did(MIXED), where);
            assertEquals(1, fixture.service.mostRepeatedOnce(), where);
        }
    }

    @Test
    void everyPartEndsAsUndisturbedWhereverJenkinsCrashesTwice() {
        int events = events(prepare(MIXED));
        for (int first = 1; first <= events; first += 3) {
            for (int second = 1; second <= events; second += 5) {
                PartsFixture fixture = new PartsFixture(kind);
                PreparedCase<Result> prepared = prepare(fixture, MIXED);
                crashAt(prepared, first);
                assertThrows(SimulatedCrash.class, prepared::run);
                int event = second;
                String where = "crashes at events %d and %d".formatted(first, second);
                try {
                    prepared.resume(Duration.ofSeconds(5), () -> crashAt(prepared, event));
                } catch (SimulatedCrash crash) {
                    assertEquals(
                            MIXED_RESULT,
                            prepared.resume(Duration.ofSeconds(5)).succeeded().text(),
                            where);
                }
                assertTrue(fixture.service.did(MIXED), where);
                assertEquals(1, fixture.service.mostRepeatedOnce(), where);
            }
        }
    }

    /** Every part is of the same kind, some fail: the failures and the tally are the same after a crash. */
    @Test
    void failuresAreCountedAsUndisturbedWhereverJenkinsCrashes() {
        Part.Group group = sideBySide(List.of(
                new Part.Once("a"),
                new Part.Single("b"),
                sideBySide(List.of(new Part.Once("c"), new Part.Single("d"))),
                new Part.Prepared("e", sideBySide(List.of(new Part.Ended("f"), new Part.Single("g"))))));
        PartsFixture undisturbed = refusing();
        String expected = fail(undisturbed, group, Kind.REFUSED).getMessage();
        int events = events(prepare(refusing(), group));
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = refusing();
            PreparedCase<Result> prepared = prepare(fixture, group);
            crashAt(prepared, at);
            assertThrows(SimulatedCrash.class, prepared::run);
            ApiException problem = prepared.resume(Duration.ofSeconds(5)).failed(Kind.REFUSED);
            assertEquals(counts(expected), counts(problem.getMessage()), "crash at event " + at);
        }
    }

    private static String counts(String message) {
        return message.substring(0, message.indexOf("The first failure"));
    }

    private PartsFixture refusing() {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.answer("once/a", refusal(404)).answer("single/d", refusal(404));
        return fixture;
    }

    /** A sequence of parts that must not be repeated. */
    @Test
    void sequenceGoesOnAtTheSamePartWhereverJenkinsCrashes() {
        Part.Group group = sequence(new Part.Once("a"), new Part.Polled("b"), new Part.Once("c"), new Part.Ended("d"));
        int events = events(prepare(group));
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = new PartsFixture(kind);
            PreparedCase<Result> prepared = prepare(fixture, group);
            crashAt(prepared, at);
            assertThrows(SimulatedCrash.class, prepared::run);
            assertEquals(
                    "[a, b, c, d]", prepared.resume(Duration.ZERO).succeeded().text());
            assertEquals(1, fixture.service.mostRepeatedOnce(), "crash at event " + at);
            List<String> posts = fixture.service.sent().stream()
                    .filter(each -> each.startsWith("POST"))
                    .distinct()
                    .toList();
            assertEquals(List.of("POST once/a", "POST polled/b", "POST once/c"), posts);
        }
    }

    @Test
    void restStaysUntriedWhenJenkinsCrashesAfterAccessWasRefused() {
        Part.Group group = sideBySide(List.of(
                new Part.Once("a"), new Part.Once("b"), new Part.Single("c"), new Part.Once("d"), new Part.Once("e")));
        PartsFixture first = new PartsFixture(kind, QuotaSpec.concurrent(1));
        first.service.answer("single/c", refusal(403));
        int events = events(prepare(first, group));
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = new PartsFixture(kind, QuotaSpec.concurrent(1));
            fixture.service.answer("single/c", refusal(403));
            PreparedCase<Result> prepared = prepare(fixture, group);
            crashAt(prepared, at);
            assertThrows(SimulatedCrash.class, prepared::run);
            prepared.resume(Duration.ZERO).failed(Kind.REFUSED);
            assertTrue(fixture.service.mostRepeatedOnce() <= 1, "crash at event " + at);
            assertEquals(
                    0, fixture.service.effects("once/d") + fixture.service.effects("once/e"), "crash at event " + at);
        }
    }

    /** A group that follows another state, and a part of it that fails without any exchange of its own. */
    @Test
    void groupThatFollowsAnExchangeIsResumedWhereverJenkinsCrashes() {
        Part.Prepared prepared = new Part.Prepared(
                "a",
                sideBySide(List.of(new Part.Ended("b"), new Part.Once("c"), sideBySide(List.of(new Part.Ended("d"))))));
        int events = events(prepare(prepared));
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = new PartsFixture(kind);
            PreparedCase<Result> crashing = prepare(fixture, prepared);
            crashAt(crashing, at);
            assertThrows(SimulatedCrash.class, crashing::run);
            assertEquals(
                    "[b, c, [d]]", crashing.resume(Duration.ZERO).succeeded().text());
            assertEquals(1, fixture.service.mostRepeatedOnce(), "crash at event " + at);
        }
    }

    /** A part that fails at once is saved after the state that its group belongs to. */
    @Test
    void groupWithAPartThatFailsAtOnceIsResumedWhereverJenkinsCrashes() {
        Part.Prepared group = new Part.Prepared(
                "a", sideBySide(List.of(new Part.Broken("b"), new Part.Once("c"), new Part.Single("d"))));
        String expected =
                counts(fail(new PartsFixture(kind), group, Kind.FAILED).getMessage());
        assertEquals("Example purge of page: 2 of 3 pages done, 1 failed. ", expected);
        int events = events(prepare(group));
        for (int at = 1; at <= events; at++) {
            PartsFixture fixture = new PartsFixture(kind);
            PreparedCase<Result> crashing = prepare(fixture, group);
            crashAt(crashing, at);
            assertThrows(SimulatedCrash.class, crashing::run);
            String where = "crash at event " + at;
            String message = crashing.resume(Duration.ZERO).failed(Kind.FAILED).getMessage();
            assertEquals(expected, counts(message), where);
            assertEquals(1, fixture.service.mostRepeatedOnce(), where);
        }
    }

    /** Only some failures are kept; the one that stops the rest is among them. */
    @Test
    void restStaysUntriedAfterARestartWhenManyHadFailedBefore() {
        PartsFixture fixture = new PartsFixture(kind, QuotaSpec.concurrent(2));
        for (int i = 1; i < 150; i++) {
            fixture.service.answer("single/" + i, refusal(i < 120 ? 404 : 403));
        }
        fixture.service.hang("single/0");
        PreparedCase<Result> prepared = prepare(fixture, sideBySide(singles(150)));
        fixture.harness.checkpoints().afterEachSave(() -> {
            if (fixture.service.sent().contains("POST single/120")) {
                fixture.harness.crash();
            }
        });
        assertThrows(SimulatedCrash.class, prepared::run);
        int sent = fixture.service.sent().size();
        prepared.resume(Duration.ZERO).failed(Kind.REFUSED);
        assertEquals(sent, fixture.service.sent().size(), "sent after the restart");
    }

    @Test
    void checkpointOfOtherPartsIsRejected() {
        PartsFixture fixture = new PartsFixture(kind);
        PreparedCase<Result> prepared = prepare(fixture, MIXED);
        crashAt(prepared, 30);
        assertThrows(SimulatedCrash.class, prepared::run);
        fixture.harness.restart();
        Operation<?, Result> other = fixture.operation(sideBySide(singles(1)));
        assertThrows(IllegalStateException.class, () -> fixture.harness.resumed(other, Duration.ofMinutes(5)));
    }

    private PreparedCase<Result> prepare(Part part) {
        return prepare(new PartsFixture(kind), part);
    }

    private static PreparedCase<Result> prepare(PartsFixture fixture, Part part) {
        return new PreparedCase<>(fixture.harness, fixture.time, fixture.operation(part), fixture.service::effects);
    }

    static void crashAt(PreparedCase<?> prepared, int event) {
        int[] events = {0};
        prepared.onEachEvent(() -> {
            if (++events[0] == event) {
                throw new SimulatedCrash();
            }
        });
    }

    static int events(PreparedCase<?> prepared) {
        int[] events = {0};
        prepared.onEachEvent(() -> events[0]++);
        prepared.run();
        assertFalse(events[0] == 0, "no events");
        return events[0];
    }
}
