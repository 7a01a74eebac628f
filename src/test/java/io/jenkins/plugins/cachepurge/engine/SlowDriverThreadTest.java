package io.jenkins.plugins.cachepurge.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.ScalewayFixture;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A thread of a driver that is slow must not undo what a later one has set. */
class SlowDriverThreadTest {

    /** Lets the response arrive while the thread that has sent the request has not set the alarm yet. */
    private static final class SlowListener implements ProgressListener {

        private final VirtualTime time;
        private boolean slow = true;

        SlowListener(VirtualTime time) {
            this.time = time;
        }

        @Override
        public void message(LocalizedText line) {}

        @Override
        public void requestsSent(int requests) {
            if (requests == 1 && slow) {
                slow = false;
                time.sleep(SimulatedTransport.LATENCY.multipliedBy(4));
            }
        }
    }

    @Test
    void alarmOfPollOutlivesThreadThatSentTheRequestBefore() {
        ScalewayFixture fixture = new ScalewayFixture(DriverKind.ASYNC);
        AsyncDriver.Dependencies all = fixture.harness.dependencies();
        AsyncDriver.Dependencies slow = new AsyncDriver.Dependencies(
                all.transport(),
                all.signers(),
                all.clock(),
                all.timer(),
                all.executor(),
                all.callbacks(),
                all.quotas(),
                all.tokens(),
                all.pollBatcher(),
                new SlowListener(fixture.time),
                all.checkpoints(),
                all.closed());
        RecordingCallback<PurgeResult> callback = new RecordingCallback<>();
        OperationSession<PurgeResult> session =
                fixture.harness.session(ScalewayFixture.purgeAll(), Duration.ofMinutes(5));

        new AsyncDriver<>(session, slow, callback).start();
        fixture.time.runAll();

        callback.single().succeeded();
        assertThat(fixture.time.passed(), lessThan(Duration.ofSeconds(10)));
    }
}
