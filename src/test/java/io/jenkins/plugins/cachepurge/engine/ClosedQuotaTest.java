package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.fastly.FastlyClient;
import io.jenkins.plugins.cachepurge.client.http.QuotaSpec;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.FastlyFixture;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.simulator.FastlySimulator;
import io.jenkins.plugins.cachepurge.simulator.UsualFaults;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A 429 closes a quota also for those who have a permit already, but have not sent anything yet. */
class ClosedQuotaTest {

    private static final Duration CLOSED = Duration.ofSeconds(2);

    @Test
    void permitIsNotUsableWhileQuotaIsClosed() {
        VirtualTime time = new VirtualTime();
        Quota quota = new Quota("service", time, time, new RetryPolicy(EngineHarness.NO_JITTER));
        Quota.Permit refused = quota.tryAcquire(QuotaSpec.DEFAULT).orElseThrow();
        Quota.Permit unused = quota.tryAcquire(QuotaSpec.DEFAULT).orElseThrow();

        refused.refused(Optional.of(CLOSED));

        assertFalse(unused.isUsable());
        time.schedule(CLOSED, () -> assertTrue(unused.isUsable()));
        time.runAll();
        assertEquals(CLOSED, time.passed());
    }

    @Test
    void permitThatWasGivenBackIsNotUsable() {
        VirtualTime time = new VirtualTime();
        Quota quota = new Quota("service", time, time, new RetryPolicy(EngineHarness.NO_JITTER));
        Quota.Permit permit = quota.tryAcquire(QuotaSpec.DEFAULT).orElseThrow();

        permit.giveBack();

        assertFalse(permit.isUsable());
    }

    @Test
    void driverAsksForAnotherPermitIfQuotaClosesDuringLookupOfCredentials() {
        FastlyFixture fixture = new FastlyFixture(DriverKind.ASYNC);
        EngineHarness harness = fixture.harness;
        harness.service().failNext(UsualFaults.tooManyRequestsRetryAfter((int) CLOSED.toSeconds()));
        RecordingCallback<PurgeResult> first = new RecordingCallback<>();
        RecordingCallback<PurgeResult> second = new RecordingCallback<>();
        Duration timeout = Duration.ofMinutes(5);
        Signer signer = Signer.header(FastlyClient.TOKEN_HEADER, FastlySimulator.DEMO_TOKEN);
        harness.async(harness.session(FastlyFixture.purgeAll(), timeout), first).start();
        fixture.time.runUntil(() -> harness.transport().inFlightCount() == 1);

        harness.lookUpCredentials(() -> {
            // The first purge is refused while the second one looks up its credentials.
            harness.lookUpCredentials(() -> signer);
            fixture.time.runUntil(() -> harness.transport().inFlightCount() == 0);
            return signer;
        });
        harness.async(harness.session(FastlyFixture.purgeAll(), timeout), second)
                .start();
        fixture.time.runUntil(() -> harness.service().requests().size() > 1);

        assertTrue(fixture.time.passed().compareTo(CLOSED) >= 0, "sent after " + fixture.time.passed());
        fixture.time.runAll();
        first.single().succeeded();
        second.single().succeeded();
    }
}
