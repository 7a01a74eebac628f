package io.jenkins.plugins.cachepurge.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiException.Kind;
import io.jenkins.plugins.cachepurge.client.http.RecordedLog;
import io.jenkins.plugins.cachepurge.operation.GotipathFixture;
import io.jenkins.plugins.cachepurge.operation.OperationCase;
import io.jenkins.plugins.cachepurge.operation.ScalewayFixture;
import io.jenkins.plugins.cachepurge.simulator.Fault;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimResponse;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When exactly the service is asked again, without jitter. */
@ParameterizedClass
@EnumSource(DriverKind.class)
class RetriesTest {

    private static final Duration THERE = SimulatedTransport.LATENCY;
    private static final Duration AND_BACK = THERE.multipliedBy(2);

    @Parameter
    private DriverKind kind;

    @Test
    void retryWaitsForTheSecondsOfTheHint() {
        assertAskedAgainAfter(Duration.ofSeconds(7), gotipath(UsualFaults.tooManyRequestsRetryAfter(7)));
        assertAskedAgainAfter(Duration.ofSeconds(3), gotipath(UsualFaults.unavailable(3)));
    }

    /** Dates have no fractions: the service's clock as its answer tells it counts from a whole second, too. */
    @Test
    void retryWaitsForTheDateOfTheHint() {
        assertAskedAgainAfter(
                Duration.ofSeconds(20),
                gotipath(UsualFaults.tooManyRequestsRetryAfterDate(VirtualTime.START.plusSeconds(20))));
    }

    @Test
    void dateOfTheHintIsByTheClockOfTheService() {
        Duration ahead = Duration.ofMinutes(30);
        PreparedCase<?> prepared = gotipath(UsualFaults.tooManyRequestsRetryAfterDate(
                VirtualTime.START.plus(ahead).plusSeconds(20)));
        prepared.harness().transport().serviceClockAhead(ahead);
        assertAskedAgainAfter(Duration.ofSeconds(20), prepared);
    }

    @Test
    void retryWaitsForTheResetSecondsOfScaleway() {
        PreparedCase<?> prepared = OperationCase.PURGE_ALL_OF_SCALEWAY.prepare(kind);
        prepared.harness().service().failNext(UsualFaults.tooManyRequestsResetSeconds(9));
        assertAskedAgainAfter(Duration.ofSeconds(9), prepared);
    }

    @Test
    void retryWaitsForTheRateLimitOfBuddy() {
        PreparedCase<?> prepared = OperationCase.CLEAR_BUDDY_CACHE.prepare(kind);
        prepared.harness()
                .service()
                .failNext(UsualFaults.tooManyRequestsRateLimitReset(VirtualTime.START.plusSeconds(30)));
        assertAskedAgainAfter(Duration.ofSeconds(30), prepared);
    }

    @Test
    void operationsKeepTheLimitsOfTheService() {
        GotipathFixture gotipath = new GotipathFixture(kind);
        gotipath.gotipath.limitPurges();
        gotipath.harness.run(GotipathFixture.purge(250)).succeeded();
        assertEquals(3, gotipath.submitted().size());
        assertThat(gotipath.harness.service().requests().size(), lessThanOrEqualTo(6));
        ScalewayFixture scaleway = new ScalewayFixture(kind);
        scaleway.scaleway.limitRate(2, Duration.ofSeconds(30));
        scaleway.harness.run(ScalewayFixture.purge(12)).succeeded();
        assertEquals(3, scaleway.submitted().size());
    }

    @Test
    void backoffDoublesUpToHalfAMinute() {
        PreparedCase<?> prepared = OperationCase.CLEAR_BUDDY_CACHE.prepare(kind);
        prepared.harness().transport().unreachable(8);
        List<Duration> asked = asked(prepared);
        prepared.run().succeeded();
        List<Duration> pauses = pauses(asked, THERE);
        assertEquals(
                List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L, 15_000L),
                pauses.stream().map(Duration::toMillis).toList());
    }

    @Test
    void unknownHostEndsAfterThreeTries() {
        PreparedCase<?> prepared = OperationCase.RUN_SCHEDULED_EXECUTION.prepare(kind);
        prepared.harness().transport().unknownHost(3);
        ApiException problem = prepared.run(Duration.ofHours(1)).failed(Kind.UNKNOWN_HOST);
        assertTrue(problem.getMessage().contains("unknown host name"), problem.getMessage());
        assertEquals(0, prepared.harness().service().requests().size());
        assertThat(prepared.time().passed(), lessThanOrEqualTo(Duration.ofSeconds(5)));
        PreparedCase<?> forAMoment = OperationCase.RUN_SCHEDULED_EXECUTION.prepare(kind);
        forAMoment.harness().transport().unknownHost(2);
        forAMoment.run().succeeded();
    }

    @Test
    void hostThatWasFoundBeforeInTheStepMayBeUnknownForLonger() {
        PreparedCase<?> prepared = OperationCase.RUN_SCHEDULED_EXECUTION.prepare(kind);
        prepared.harness().service().failNext((request, buddy) -> {
            SimResponse first = buddy.get();
            prepared.harness().transport().unknownHost(7);
            return first;
        });
        prepared.run().succeeded();
    }

    @Test
    void problemThatRepeatsIsToldOnceWithACount() {
        PreparedCase<?> prepared = OperationCase.CLEAR_BUDDY_CACHE.prepare(kind);
        prepared.harness().transport().unreachable(11);
        prepared.run().succeeded();
        List<String> lines = prepared.harness().console();
        String subject = "Buddy cache of pipeline 2 of acme/website";
        assertEquals(
                List.of(
                        subject + ": the same problem 2 times. Now trying again in 1 s",
                        subject + ": the same problem 4 times. Now trying again in 4 s",
                        subject + ": the same problem 8 times. Now trying again in 15 s",
                        subject + ": the same problem 11 times"),
                lines.subList(2, 6));
        assertTrue(
                lines.get(1)
                        .endsWith(
                                "connection refused or no route. Check the URL, the network and Jenkins' proxy settings. Now trying again in 1 s"),
                lines.get(1));
        assertEquals(7, lines.size(), prepared.harness()::consoleText);
    }

    @Test
    void backoffStartsAgainAfterASuccess() {
        PreparedCase<?> prepared = OperationCase.RUN_SCHEDULED_EXECUTION.prepare(kind);
        FaultInjectingService service = prepared.harness().service();
        service.failNext((request, buddy) -> buddy.get())
                .failNext(UsualFaults.badGatewayHtml())
                .failNext(UsualFaults.badGatewayHtml())
                .failNext((request, buddy) -> buddy.get())
                .failNext(UsualFaults.badGatewayHtml());
        List<Duration> asked = asked(prepared);
        prepared.run().succeeded();
        assertEquals(
                List.of(1_000L, 500L, 1_000L, 440L, 500L),
                pauses(asked, AND_BACK).stream()
                        .map(Duration::toMillis)
                        .limit(5)
                        .toList());
    }

    @Test
    void retryLineNamesTheProblemAndTheDelay() {
        PreparedCase<?> prepared = gotipath(UsualFaults.badGatewayHtml());
        prepared.run().succeeded();
        assertEquals(
                "Gotipath CDN was asked to purge everything of distribution %s and answered HTTP 502. Try again later. Now sending it again, which is harmless, in 1 s"
                        .formatted(GotipathFixture.DISTRIBUTION),
                prepared.harness().console().get(1));
        assertEquals(3, prepared.harness().console().size(), prepared.harness()::consoleText);
    }

    @Test
    void retriesAndWaitsForTheQuotaAreLogged() {
        try (RecordedLog log = new RecordedLog()) {
            gotipath(UsualFaults.tooManyRequestsRetryAfter(7)).run().succeeded();
            GotipathFixture many = new GotipathFixture(kind);
            many.harness.run(GotipathFixture.purge(1_000)).succeeded();
            List<String> lines = log.lines();
            assertTrue(lines.contains("Gotipath CDN: retry 1 in 7000 ms after RATE_LIMITED"), lines::toString);
            assertTrue(
                    lines.stream()
                            .anyMatch(
                                    line -> line.matches("https://.*: waiting for the quota, .*; closed for \\d+ ms")),
                    lines::toString);
            assertTrue(
                    lines.stream().anyMatch(line -> line.matches("https://.*: waited \\d+ ms for the quota")),
                    lines::toString);
        }
    }

    @Test
    void timeoutNamesTheProblemOfTheLastRetry() {
        PreparedCase<?> prepared = gotipath(UsualFaults.unavailable());
        prepared.harness().service().failEvery(request -> true, UsualFaults.badGatewayHtml());
        ApiException problem = prepared.run(Duration.ofMinutes(2)).failed(Kind.TIMED_OUT);
        assertEquals(
                "Gotipath CDN purge of distribution %1$s was not over after 120 s (timeout). Last known: Gotipath CDN was asked to purge everything of distribution %1$s and answered HTTP 502. Try again later."
                        .formatted(GotipathFixture.DISTRIBUTION),
                problem.getMessage());
        assertEquals(Duration.ofMinutes(2), prepared.time().passed());
    }

    private PreparedCase<?> gotipath(Fault first) {
        PreparedCase<?> prepared = OperationCase.PURGE_ALL_OF_GOTIPATH.prepare(kind);
        prepared.harness().service().failNext(first);
        return prepared;
    }

    private static void assertAskedAgainAfter(Duration pause, PreparedCase<?> prepared) {
        List<Duration> asked = asked(prepared);
        prepared.run().succeeded();
        assertTrue(asked.size() >= 2, "asked again");
        assertEquals(pause, pauses(asked, AND_BACK).get(0));
    }

    /** When a request arrived at the service, or at least left for it; filled while the prepared runs. */
    static List<Duration> asked(PreparedCase<?> prepared) {
        List<Duration> moments = new ArrayList<>();
        prepared.harness().transport().atEachBoundary(() -> {
            Duration now = prepared.time().passed();
            if (moments.isEmpty() || !moments.get(moments.size() - 1).equals(now)) {
                moments.add(now);
            }
        });
        return moments;
    }

    /** The time between requests, but for what was spent on the way. */
    static List<Duration> pauses(List<Duration> asked, Duration onTheWay) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < asked.size(); i++) {
            pauses.add(asked.get(i).minus(asked.get(i - 1)).minus(onTheWay));
        }
        return pauses;
    }
}
