package io.jenkins.plugins.cachepurge.engine;

import static io.jenkins.plugins.cachepurge.engine.PartsFixture.sideBySide;
import static io.jenkins.plugins.cachepurge.engine.PartsFixture.singles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.engine.PartsFixture.Part;
import io.jenkins.plugins.cachepurge.operation.BunnyFixture;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is saved while an operation runs, and in which order. */
class CheckpointSizeTest {

    private static final int MAX_FOR_10_000 = 200_000;
    private static final Duration TIMEOUT = Duration.ofDays(3);

    private static void assertSmall(EngineHarness harness, int max) {
        int bytes = harness.checkpoints().savedBytes();
        assertTrue(
                bytes <= max,
                "%d bytes in %d saves".formatted(bytes, harness.checkpoints().saveCount()));
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandEqualPartsSaveLittle(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.run(fixture.equalParts(10_000), TIMEOUT).succeeded();
        assertSmall(fixture.harness, MAX_FOR_10_000);
    }

    @Test
    void hundredThousandEqualPartsSaveLittle() {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        PartsFixture.Result result =
                fixture.harness.run(fixture.equalParts(100_000), TIMEOUT).succeeded();
        assertEquals("100000", result.text());
        assertSmall(fixture.harness, 6_000_000);
    }

    /** A slow service makes the purge long, and what is saved not much more. */
    @Test
    void partsThatAreSlowSaveLittle() {
        PartsFixture fixture = new PartsFixture(
                DriverKind.ASYNC, QuotaSpec.concurrent(6).withBucket("slow", 1, Duration.ofSeconds(2)));
        fixture.harness.run(fixture.equalParts(10_000), TIMEOUT).succeeded();
        assertSmall(fixture.harness, MAX_FOR_10_000);
    }

    @Test
    void tenThousandPagesOfBunnySaveLittle() {
        BunnyFixture fixture = new BunnyFixture(DriverKind.ASYNC);
        fixture.harness
                .run(BunnyFixture.purge(BunnyFixture.urls(10_000)), TIMEOUT)
                .succeeded();
        assertSmall(fixture.harness, MAX_FOR_10_000);
    }

    @Test
    void tenThousandPartsThatFailSaveLittle() {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        fixture.harness
                .service()
                .failEvery(
                        request -> true,
                        UsualFaults.answering(SimResponse.json(404, Map.of("message", "no such page"))));
        fixture.harness.run(fixture.equalParts(10_000), TIMEOUT).failed(Kind.REFUSED);
        assertSmall(fixture.harness, MAX_FOR_10_000);
    }

    @ParameterizedTest
    @EnumSource
    void retriesSaveNothing(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.service().failEvery(request -> true, UsualFaults.unavailable(3));
        fixture.harness
                .run(fixture.operation(sideBySide(singles(40))), Duration.ofHours(1))
                .failed(Kind.TIMED_OUT);
        assertEquals(0, fixture.harness.checkpoints().saveCount());
    }

    @ParameterizedTest
    @EnumSource
    void longPollsSaveNothing(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.service.answer("polled/b", SimResponse.json(200, Map.of("text", "pending")));
        fixture.harness
                .run(
                        fixture.operation(sideBySide(List.of(new Part.Single("a"), new Part.Polled("b")))),
                        Duration.ofHours(5))
                .failed(Kind.TIMED_OUT);
        assertTrue(
                fixture.harness.checkpoints().saveCount() <= 2,
                "saves: " + fixture.harness.checkpoints().saveCount());
    }

    /** What is saved before an exchange that must not be repeated is on the disk when it is sent. */
    @ParameterizedTest
    @EnumSource
    void exchangeThatMustNotBeRepeatedIsSavedBeforeItIsSent(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness.transport().atEachBoundary(() -> {
            long saved = fixture.harness.checkpoints().load().stream()
                    .filter(CheckpointEntry.Sent.class::isInstance)
                    .count();
            assertTrue(saved >= fixture.service.sent().size(), "sent before it was saved");
        });
        fixture.harness
                .run(fixture.operation(sideBySide(List.of(new Part.Once("a"), new Part.Once("b"), new Part.Once("c")))))
                .succeeded();
    }

    @ParameterizedTest
    @EnumSource
    void entriesOfASaveEndWithTheProgress(DriverKind kind) {
        PartsFixture fixture = new PartsFixture(kind);
        fixture.harness
                .run(fixture.operation(
                        new Part.Prepared("p", sideBySide(List.of(new Part.Broken("a"), new Part.Once("b"))))))
                .failed(Kind.FAILED);
        List<CheckpointEntry> entries = fixture.harness.checkpoints().load();
        assertTrue(entries.get(entries.size() - 1) instanceof CheckpointEntry.Progress, entries::toString);
        int group = indexOf(entries, CheckpointEntry.Changed.class);
        int failed = indexOf(entries, CheckpointEntry.Failed.class);
        assertTrue(group >= 0 && group < failed, "the group before its part: " + entries);
    }

    private static int indexOf(List<CheckpointEntry> entries, Class<?> type) {
        return entries.stream().map(Object::getClass).toList().indexOf(type);
    }

    /** A disk that is full for a while loses nothing that later entries build upon. */
    @Test
    void entriesThatCouldNotBeSavedAreSavedLater() {
        Part.Prepared part = new Part.Prepared(
                "a",
                sideBySide(List.of(
                        new Part.Polled("b"), new Part.Prepared("c", sideBySide(singles(3))), new Part.Polled("d"))));
        PartsFixture undisturbed = new PartsFixture(DriverKind.ASYNC);
        undisturbed.harness.run(undisturbed.operation(part)).succeeded();
        int saves = undisturbed.harness.checkpoints().saveCount();
        assertTrue(saves > 1, "saves: " + saves);
        for (int at = 0; at < saves; at++) {
            PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
            fixture.harness.checkpoints().failWriteAt(at);
            PreparedCase<?> prepared = new PreparedCase<>(
                    fixture.harness, fixture.time, fixture.operation(part), fixture.service::effects);
            fixture.time.schedule(Duration.ofMillis(2500), () -> {
                fixture.harness.crash();
            });
            try {
                prepared.run().succeeded();
            } catch (SimulatedCrash crash) {
                assertEquals(
                        "[b, [0, 1, 2], d]",
                        ((PartsFixture.Result) prepared.resume(Duration.ZERO).succeeded()).text());
            }
            assertTrue(fixture.service.did(part));
        }
    }

    @Test
    void exchangeThatMustNotBeRepeatedIsNotSentWhenItCannotBeSaved() throws IOException {
        PartsFixture fixture = new PartsFixture(DriverKind.ASYNC);
        fixture.harness.checkpoints().failWrites();
        fixture.harness
                .run(fixture.operation(sideBySide(List.of(new Part.Once("a"), new Part.Once("b")))))
                .failed(Kind.FAILED);
        assertEquals(List.of(), fixture.service.sent());
    }
}
