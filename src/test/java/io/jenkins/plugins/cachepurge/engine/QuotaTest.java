package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.client.http.ApiRequest;
import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.client.http.Idempotency;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Who gets a permit, and when. */
class QuotaTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final RetryPolicy retryPolicy = new RetryPolicy(EngineHarness.NO_JITTER);
    private final Quota quota = new Quota("service", time, time, retryPolicy);
    private final List<String> served = new ArrayList<>();
    private final List<Quota.Permit> permits = new ArrayList<>();

    private Cancellable await(String name, QuotaSpec spec) {
        return quota.await(spec, permit -> {
            served.add(name + " at " + time.passed().toMillis());
            permits.add(permit);
        });
    }

    private static QuotaSpec bucket(String name, int capacity, Duration refill) {
        return QuotaSpec.concurrent(100).withBucket(name, capacity, refill);
    }

    @Test
    void waitersAreServedInOrder() {
        QuotaSpec one = QuotaSpec.concurrent(1);
        List.of("a", "b", "c").forEach(name -> await(name, one));
        assertEquals(List.of("a at 0"), served);
        assertTrue(quota.tryAcquire(one).isEmpty(), "others are waiting");
        permits.get(0).release();
        permits.get(1).release();
        assertEquals(List.of("a at 0", "b at 0", "c at 0"), served);
        permits.get(2).release();
        assertTrue(quota.tryAcquire(one).isPresent());
    }

    @Test
    void waitersAreNotOvertakenByWhoeverTriesOnly() {
        QuotaSpec two = QuotaSpec.concurrent(2);
        await("a", two);
        await("b", two);
        await("c", two);
        permits.get(0).release();
        assertEquals(3, served.size());
        await("d", two);
        assertTrue(quota.tryAcquire(two).isEmpty());
    }

    @Test
    void permitThatIsReleasedTwiceCountsOnce() {
        QuotaSpec one = QuotaSpec.concurrent(1);
        Quota.Permit permit = quota.tryAcquire(one).orElseThrow();
        permit.release();
        permit.giveBack();
        permit.release();
        assertTrue(quota.tryAcquire(one).isPresent());
        assertTrue(quota.tryAcquire(one).isEmpty());
    }

    @Test
    void waiterThatGivesUpIsNotServed() {
        QuotaSpec one = QuotaSpec.concurrent(1);
        await("a", one);
        Cancellable second = await("b", one);
        await("c", one);
        second.cancel();
        permits.get(0).release();
        assertEquals(List.of("a at 0", "c at 0"), served);
    }

    @Test
    void tokensAreSpentInOrderAndComeBackSteadily() {
        QuotaSpec spec = bucket("urls", 3, SECOND);
        for (int i = 0; i < 5; i++) {
            await("" + i, spec);
        }
        time.runAll();
        assertEquals(List.of("0 at 0", "1 at 0", "2 at 2000", "3 at 3000", "4 at 4000"), served);
    }

    @Test
    void largeRequestIsNotOvertakenBySmallOnes() {
        quota.tryAcquire(bucket("urls", 11, SECOND).withCost(5)).orElseThrow().release();
        await("large", bucket("urls", 11, SECOND).withCost(8));
        await("small", bucket("urls", 11, SECOND));
        time.runAll();
        assertEquals(List.of("large at 4000", "small at 5000"), served);
    }

    @Test
    void bucketsAreToldApartByTheirNames() {
        await("a", bucket("urls", 1, SECOND));
        await("b", bucket("urls", 1, SECOND));
        await("c", bucket("prefixes", 1, SECOND));
        await("d", QuotaSpec.concurrent(100));
        assertEquals(List.of("a at 0", "c at 0", "d at 0"), served, "who waits for a token holds up no other bucket");
        time.runAll();
        assertEquals("b at 2000", served.get(3));
    }

    @Test
    void tokenIsPutBackWhenNothingWasSent() {
        QuotaSpec spec = bucket("urls", 1, SECOND);
        quota.tryAcquire(spec).orElseThrow().giveBack();
        quota.tryAcquire(spec).orElseThrow().release();
        assertTrue(quota.tryAcquire(spec).isEmpty());
    }

    @Test
    void refusalClosesForAllUntilTheTimeThatItNames() {
        QuotaSpec spec = QuotaSpec.concurrent(6);
        Quota.Permit permit = quota.tryAcquire(spec).orElseThrow();
        permit.refused(Optional.of(Duration.ofSeconds(7)));
        permit.release();
        await("a", spec);
        await("b", bucket("urls", 5, SECOND));
        assertEquals(List.of(), served);
        time.runAll();
        assertEquals(List.of("a at 7000", "b at 7000"), served);
    }

    @Test
    void shorterHintDoesNotOpenEarlier() {
        QuotaSpec spec = QuotaSpec.concurrent(6);
        Quota.Permit permit = quota.tryAcquire(spec).orElseThrow();
        permit.refused(Optional.of(Duration.ofSeconds(7)));
        permit.refused(Optional.of(SECOND));
        await("a", spec);
        time.runAll();
        assertEquals(List.of("a at 7000"), served);
    }

    private Duration closureAfterRefusal(Optional<Duration> hint) {
        QuotaSpec spec = QuotaSpec.concurrent(6);
        Quota.Permit permit = quota.tryAcquire(spec).orElseThrow();
        Duration before = time.passed();
        permit.refused(hint);
        permit.release();
        await("x", spec);
        time.runAll();
        permits.get(permits.size() - 1).release();
        return time.passed().minus(before);
    }

    @Test
    void closureGrowsWithoutAHint() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            millis.add(closureAfterRefusal(Optional.empty()).toMillis());
        }
        assertEquals(List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L), millis);
        quota.tryAcquire(QuotaSpec.concurrent(6)).orElseThrow().accepted();
        assertEquals(500L, closureAfterRefusal(Optional.empty()).toMillis());
    }

    @Test
    void closureGrowsWhenTheHintIsZero() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            millis.add(closureAfterRefusal(Optional.of(Duration.ZERO)).toMillis());
        }
        assertEquals(List.of(500L, 1_000L, 2_000L, 4_000L), millis);
    }

    /** Requests that were sent at the same time are refused for the same reason. */
    @Test
    void refusalsOfTheSameMomentCountOnce() {
        QuotaSpec spec = QuotaSpec.concurrent(6);
        for (int i = 0; i < 6; i++) {
            permits.add(quota.tryAcquire(spec).orElseThrow());
        }
        permits.forEach(permit -> permit.refused(Optional.empty()));
        permits.forEach(Quota.Permit::release);
        await("a", spec);
        time.runAll();
        assertEquals(List.of("a at 500"), served);
    }

    @Test
    void refusalWithoutAHintClosesAQuotaThatWasAcceptedMeanwhile() {
        QuotaSpec spec = QuotaSpec.concurrent(6);
        Quota.Permit permit = quota.tryAcquire(spec).orElseThrow();
        permit.refused(Optional.of(Duration.ofMillis(100)));
        permit.accepted();
        permit.refused(Optional.empty());
        await("a", spec);
        time.runAll();
        assertEquals(List.of("a at 500"), served);
    }

    private static ApiCall<String> call(String url) {
        return new ApiCall<>(
                "Example",
                "do it",
                ApiRequest.get(HttpUrl.get(url)),
                (json, response) -> "",
                (response, json) -> ServiceError.of(""),
                Idempotency.IDEMPOTENT,
                QuotaSpec.concurrent(4).withBucket("all", 9, SECOND));
    }

    @Test
    void originsAndCredentialsHaveQuotasOfTheirOwn() {
        Quotas quotas = new Quotas(time, time, retryPolicy, url -> OptionalInt.empty());
        Quota first = quotas.of(call("https://a.example/1"), "one");
        assertSame(first, quotas.of(call("https://a.example/2?x=y"), "one"));
        assertNotSame(first, quotas.of(call("https://a.example/1"), "two"));
        assertNotSame(first, quotas.of(call("https://b.example/1"), "one"));
        assertNotSame(first, quotas.of(call("https://a.example:444/1"), "one"));
        assertNotSame(first, quotas.of(call("http://a.example:443/1"), "one"));
    }

    @Test
    void administratorChangesHowManyExchangesAreAllowedAndKeepsTheBucket() {
        Quotas quotas = new Quotas(
                time,
                time,
                retryPolicy,
                url -> url.host().equals("a.example") ? OptionalInt.of(1) : OptionalInt.empty());
        QuotaSpec spec = quotas.spec(call("https://a.example/"));
        assertEquals(1, spec.maxConcurrent());
        assertEquals("all", spec.bucket().orElseThrow().name());
        assertEquals(4, quotas.spec(call("https://b.example/")).maxConcurrent());
    }
}
