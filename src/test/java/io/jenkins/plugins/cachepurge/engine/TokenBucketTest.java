package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        while (bucket.tryAcquire(at)) {
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
        assertEquals(START.plusSeconds(3), bucket.nextToken(START), "a second later than the first token was taken");
        assertFalse(bucket.tryAcquire(START.plusMillis(2999)));
        assertTrue(bucket.tryAcquire(START.plusMillis(3000)));
        assertEquals(2, taken(bucket, START.plusMillis(7999)));
        assertTrue(bucket.tryAcquire(START.plusSeconds(9)), "the rest of an interval is not lost");
    }

    @Test
    void fullBucketGainsNothing() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        assertEquals(9, taken(bucket, START.plusSeconds(3600)));
        TokenBucket putBack = bucket(10, Duration.ofSeconds(2));
        putBack.putBack();
        assertEquals(9, taken(putBack, START));
    }

    @Test
    void tokenIsThereAtOnceWhenItWasPutBack() {
        TokenBucket bucket = bucket(2, Duration.ofSeconds(2));
        assertTrue(bucket.tryAcquire(START));
        bucket.putBack();
        assertEquals(START, bucket.nextToken(START));
        assertTrue(bucket.tryAcquire(START));
    }

    @Test
    void clockThatGoesBackGivesAndTakesNothing() {
        TokenBucket bucket = bucket(10, Duration.ofSeconds(2));
        taken(bucket, START);
        assertFalse(bucket.tryAcquire(START.minusSeconds(3600)));
        assertTrue(bucket.tryAcquire(START.plusSeconds(3)));
    }

    @Test
    void longPauseDoesNotOverflow() {
        TokenBucket bucket = bucket(10, Duration.ofMillis(1));
        taken(bucket, START);
        assertEquals(9, taken(bucket, START.plus(Duration.ofDays(36500))));
    }
}
