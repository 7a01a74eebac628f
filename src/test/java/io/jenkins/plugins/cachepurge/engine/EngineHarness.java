package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;

/** Runs one operation against one simulated service on virtual time, and keeps what was said and written down. */
public final class EngineHarness {

    /** The least that is possible, so that times in tests are exact. */
    public static final RandomGenerator NO_JITTER = () -> 0;

    private final DriverKind kind;
    private final VirtualTime time;
    private final FaultInjectingService service;
    private final SimulatedTransport exchanges;
    private final InMemoryCheckpointStore<?> notebook = new InMemoryCheckpointStore<>();
    private final List<String> console = new ArrayList<>();
    private final PollBatcher polls;
    private SignerProvider authenticator;
    private final SignerProvider current = () -> authenticator.signer();

    public EngineHarness(DriverKind kind, VirtualTime time, SimService service, Signer authentication) {
        this.kind = kind;
        this.time = time;
        this.polls = new PollBatcher(time);
        this.authenticator = () -> authentication;
        this.service = service instanceof FaultInjectingService faulty ? faulty : new FaultInjectingService(service);
        this.exchanges = new SimulatedTransport(time, this.service, kind == DriverKind.BLOCKING);
    }

    /** The service, to let requests go wrong and to see which came. */
    public FaultInjectingService service() {
        return service;
    }

    public SimulatedTransport exchanges() {
        return exchanges;
    }

    /** From now on the credentials cannot be found. */
    public void loseCredentials(String message) {
        authenticator = () -> {
            throw new CredentialsException(message);
        };
    }

    /** What the person at the console read. */
    public List<String> console() {
        return List.copyOf(console);
    }

    /** All that the person at the console read. */
    public String consoleText() {
        return String.join("\n", console);
    }

    /** The only journal of all this bench's sessions: an operation's result is of one type anyway. */
    @SuppressWarnings("unchecked")
    public <R extends OperationResult> InMemoryCheckpointStore<R> notebook() {
        return (InMemoryCheckpointStore<R>) notebook;
    }

    public <R extends OperationResult> OperationSession<R> session(Operation<R> operation, Duration timeout) {
        return OperationSession.start(operation, timeout, time, NO_JITTER, this::say, notebook());
    }

    /** The session that goes on from what was written down last, or begins anew where nothing was. */
    public <R extends OperationResult> OperationSession<R> resumed(Operation<R> operation, Duration timeout) {
        Checkpoint<R> from =
                this.<R>notebook().last().orElseGet(() -> Checkpoint.start(operation, timeout, VirtualTime.START));
        return OperationSession.resume(from, time, NO_JITTER, this::say, notebook());
    }

    /** Runs an operation to its end, with a deadline of five minutes. */
    public <R extends OperationResult> OperationOutcome<R> run(Operation<R> operation) {
        return run(operation, Duration.ofMinutes(5));
    }

    public <R extends OperationResult> OperationOutcome<R> run(Operation<R> operation, Duration timeout) {
        return run(session(operation, timeout));
    }

    public <R extends OperationResult> OperationOutcome<R> run(OperationSession<R> session) {
        OperationOutcome<R> ending = kind == DriverKind.BLOCKING ? block(session) : await(session);
        assertEquals(0, exchanges.inFlightCount(), "exchanges that are still under way");
        assertTrue(time.idle(), "something is still to be done");
        return ending;
    }

    private <R extends OperationResult> OperationOutcome<R> block(OperationSession<R> session) {
        try {
            return new OperationOutcome<>(blocking(time).run(session), null);
        } catch (ApiException | CredentialsException e) {
            return new OperationOutcome<>(null, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public BlockingDriver blocking(BlockingDriver.Sleeper sleeper) {
        return new BlockingDriver(exchanges, () -> authenticator.signer(), sleeper, this::say);
    }

    private <R extends OperationResult> OperationOutcome<R> await(OperationSession<R> session) {
        RecordingCallback<R> ear = new RecordingCallback<>();
        async(session, ear).start();
        time.runAll();
        return ear.single();
    }

    public <R extends OperationResult> AsyncDriver<R> async(
            OperationSession<R> session, AsyncDriver.Listener<R> listener) {
        return new AsyncDriver<>(
                session, new AsyncDriver.Tools(exchanges, current, time, time, time, polls, this::say), listener);
    }

    private void say(String line) {
        assertEquals(1, line.lines().count(), "one line is wanted: " + line);
        console.add(line);
    }
}
