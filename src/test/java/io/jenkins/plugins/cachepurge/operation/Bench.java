package io.jenkins.plugins.cachepurge.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.simulator.FaultyService;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Runs one operation against one simulated service on virtual time, and keeps what was said and written down. */
public final class Bench {

    /** The least that is possible, so that times in tests are exact. */
    public static final RandomGenerator NO_JITTER = () -> 0;

    private final DriverKind kind;
    private final VirtualTime time;
    private final FaultyService service;
    private final SimulatedExchanges exchanges;
    private final Notebook<?> notebook = new Notebook<>();
    private final List<String> console = new ArrayList<>();
    private final SharedPolls polls;
    private Authenticator authenticator;
    private final Authenticator current = () -> authenticator.authenticate();

    public Bench(DriverKind kind, VirtualTime time, SimService service, Authentication authentication) {
        this.kind = kind;
        this.time = time;
        this.polls = new SharedPolls(time);
        this.authenticator = () -> authentication;
        this.service = service instanceof FaultyService faulty ? faulty : new FaultyService(service);
        this.exchanges = new SimulatedExchanges(time, this.service, kind == DriverKind.BLOCKING);
    }

    /** The service, to let requests go wrong and to see which came. */
    public FaultyService service() {
        return service;
    }

    public SimulatedExchanges exchanges() {
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
    public <R extends OperationResult> Notebook<R> notebook() {
        return (Notebook<R>) notebook;
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
    public <R extends OperationResult> Ending<R> run(Operation<R> operation) {
        return run(operation, Duration.ofMinutes(5));
    }

    public <R extends OperationResult> Ending<R> run(Operation<R> operation, Duration timeout) {
        return run(session(operation, timeout));
    }

    public <R extends OperationResult> Ending<R> run(OperationSession<R> session) {
        Ending<R> ending = kind == DriverKind.BLOCKING ? block(session) : await(session);
        assertEquals(0, exchanges.outstanding(), "exchanges that are still under way");
        assertTrue(time.idle(), "something is still to be done");
        return ending;
    }

    private <R extends OperationResult> Ending<R> block(OperationSession<R> session) {
        try {
            return new Ending<>(blocking(time).run(session), null);
        } catch (ApiException | CredentialsException e) {
            return new Ending<>(null, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public BlockingDriver blocking(BlockingDriver.Sleeper sleeper) {
        return new BlockingDriver(exchanges, () -> authenticator.authenticate(), sleeper, this::say);
    }

    private <R extends OperationResult> Ending<R> await(OperationSession<R> session) {
        Ear<R> ear = new Ear<>();
        async(session, ear).start();
        time.runAll();
        return ear.only();
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
