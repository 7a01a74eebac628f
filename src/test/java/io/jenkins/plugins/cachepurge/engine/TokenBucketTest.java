package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.BucketLevel;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a token bucket has a token. */
class TokenBucketTest {

    private static final Instant START = VirtualTime.START;

    private static TokenBucket bucket(int capacity, Duration refill) {
        return new TokenBucket(new QuotaSpec.Bucket("all", capacity, refill), START);
    }

    private static int taken(TokenBucket bucket, Instant at) {
        int taken = 0;
        while (bucket.tryAcquire(1, at)) {
            taken++;
        }
        return taken;
    }

    @Test
    void bucketHoldsOneTokenBack() {
        assertEquals(119, taken(bucket(120, Duration.ofMillis(200)), START));
        assertEquals(1, taken(bucket(1, Duration.ofMillis(200)), START), "not the only one");
    }

    @Test
    void tokensComeBackOneByOne() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        taken(bucket, START);
        assertEquals(
                START.plusSeconds(3), bucket.availableAt(1, START), "a second later than the first token was taken");
        assertFalse(bucket.tryAcquire(1, START.plusMillis(2999)));
        assertTrue(bucket.tryAcquire(1, START.plusMillis(3000)));
        assertEquals(2, taken(bucket, START.plusMillis(7999)));
        assertTrue(bucket.tryAcquire(1, START.plusSeconds(9)), "the rest of an interval is not lost");
    }

    @Test
    void fullBucketGainsNothing() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        assertEquals(9, taken(bucket, START.plusSeconds(3600)));
        TokenBucket putBack = bucket(10, Duration.ofSeconds(2));
        putBack.release(1, true);
        assertEquals(9, taken(putBack, START));
    }

    @Test
    void tokenIsThereAtOnceWhenItWasPutBack() {
        TokenBucket bucket = bucket(2, Duration.ofSeconds(2));
        assertTrue(bucket.tryAcquire(1, START));
        bucket.release(1, true);
        assertEquals(START, bucket.availableAt(1, START));
        assertTrue(bucket.tryAcquire(1, START));
    }

    @Test
    void aRequestTakesAsManyTokensAsItHasObjects() {
        TokenBucket bucket = bucket(11, Duration.ofSeconds(2));
        assertTrue(bucket.tryAcquire(7, START));
        assertFalse(bucket.tryAcquire(4, START));
        assertEquals(START.plusSeconds(3), bucket.availableAt(4, START));
        assertTrue(bucket.tryAcquire(3, START), "three are left");
        assertEquals(START.plusSeconds(1 + 14), bucket.availableAt(7, START));
        assertEquals(
                START.plusSeconds(1 + 20), bucket.availableAt(1000, START), "a full bucket is all that can be had");
        assertTrue(bucket.tryAcquire(1000, START.plusSeconds(21)));
    }

    @Test
    void theServiceKnowsBetter() {
        TokenBucket bucket = bucket(100, Duration.ofSeconds(2));
        assertTrue(bucket.tryAcquire(5, START));
        assertTrue(bucket.tryAcquire(3, START));
        bucket.adopt(new BucketLevel(50, Duration.ofSeconds(4), 20), 5, START);
        bucket.release(5, false);
        assertEquals(16, taken(bucket, START), "one is held back, and three are under way");
        assertEquals(START.plusSeconds(1 + 4), bucket.availableAt(1, START));
        assertEquals(49, taken(bucket, START.plusSeconds(3600)));
        bucket.adopt(new BucketLevel(50, Duration.ofSeconds(4), 50), 0, START.plusSeconds(3600));
        assertEquals(0, taken(bucket, START.plusSeconds(3600)), "tokens that are taken here are not there again");
    }

    @Test
    void clockThatGoesBackGivesAndTakesNothing() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        taken(bucket, START);
        assertFalse(bucket.tryAcquire(1, START.minusSeconds(3600)));
        assertTrue(bucket.tryAcquire(1, START.plusSeconds(3)));
    }

    @Test
    void longPauseDoesNotOverflow() {
        TokenBucket bucket = bucket(10, Duration.ofMillis(1));
        taken(bucket, START);
        assertEquals(9, taken(bucket, START.plus(Duration.ofDays(36500))));
    }
}
