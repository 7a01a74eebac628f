package io.jenkins.plugins.cachepurge.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.ApiTransport;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.simulator.FaultInjectingService;
import io.jenkins.plugins.cachepurge.simulator.SimService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Runs one operation against one simulated service on virtual time, and keeps what was reported and saved. */
public final class EngineHarness {

    /** The least that is possible, so that times in tests are exact. */
    public static final RandomGenerator NO_JITTER = () -> 0;

    private static final RetryPolicy RETRY_POLICY = new RetryPolicy(NO_JITTER);

    private final DriverKind kind;
    private final VirtualTime time;
    private final FaultInjectingService service;
    private final SimulatedTransport transport;
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private final List<String> console = new ArrayList<>();
    private final List<String> german = new ArrayList<>();
    private final List<EndedExchange> exchanges = new ArrayList<>();
    private final PollBatcher pollBatcher;
    private Quotas quotas;
    private AccessTokens tokens;
    private Executor resolving;
    private AtomicBoolean down = new AtomicBoolean();
    private Instant reportedAt;
    private SignerProvider signers;
    private Consumer<List<PartStatus>> partsReceiver = parts -> {};
    private final SignerProvider current = new SignerProvider() {
        @Override
        public Authentication authentication() throws CredentialsException {
            return signers.authentication();
        }

        @Override
        public SignerProvider forAccount(String account) {
            return account.isEmpty() ? this : signers.forAccount(account);
        }
    };

    public EngineHarness(DriverKind kind, VirtualTime time, SimService service, Signer signer) {
        this.kind = kind;
        this.time = time;
        this.resolving = time;
        this.pollBatcher = new PollBatcher(time);
        this.signers = () -> signer;
        this.service = service instanceof FaultInjectingService faulty ? faulty : new FaultInjectingService(service);
        this.transport = new SimulatedTransport(time, this.service);
        startController();
    }

    private void startController() {
        quotas = new Quotas(time, time, RETRY_POLICY, url -> OptionalInt.empty());
        tokens = new AccessTokens(transport, quotas, time, new OtherPluginCredentialsResolver(resolving, time));
    }

    /** The service, to let requests go wrong and to see which came. */
    public FaultInjectingService service() {
        return service;
    }

    public SimulatedTransport transport() {
        return transport;
    }

    /** From now on the credentials cannot be found. */
    public void loseCredentials(String message) {
        signers = () -> {
            throw new CredentialsException(message);
        };
    }

    /** From now on the credentials are looked up in this way. */
    public void lookUpCredentials(SignerProvider provider) {
        signers = provider;
    }

    /** From now on the code of others is called on these threads; tokens that are known are forgotten. */
    public void resolveOn(Executor threads) {
        resolving = threads;
        startController();
    }

    /** Passes on how the parts of a sequence are. */
    public void onPartsChanged(Consumer<List<PartStatus>> receiver) {
        partsReceiver = receiver;
    }

    private ProgressListener listener() {
        return new ProgressListener() {
            @Override
            public void message(LocalizedText line) {
                say(line);
            }

            @Override
            public void partsChanged(List<PartStatus> parts) {
                partsReceiver.accept(parts);
            }

            @Override
            public void exchangeEnded(EndedExchange exchange) {
                exchanges.add(exchange);
            }
        };
    }

    /** Exchanges that have ended, in their order. */
    public List<EndedExchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** What the person at the console read. */
    public List<String> console() {
        return List.copyOf(console);
    }

    /** What somebody who reads German read on the page of the build. */
    List<String> german() {
        return List.copyOf(german);
    }

    /** All that the person at the console read. */
    public String consoleText() {
        return String.join("\n", console);
    }

    public InMemoryCheckpointStore checkpoints() {
        return checkpoints;
    }

    public <R extends OperationResult> OperationSession<R> session(Operation<?, R> operation, Duration timeout) {
        return OperationSession.start(operation, timeout, time.instant(), time, RETRY_POLICY);
    }

    /** The session that goes on from what was saved. */
    public <R extends OperationResult> OperationSession<R> resumed(Operation<?, R> operation, Duration timeout) {
        return OperationSession.resume(operation, timeout, VirtualTime.START, checkpoints.load(), time, RETRY_POLICY);
    }

    /** Runs an operation to its end, with a timeout of five minutes. */
    public <R extends OperationResult> OperationOutcome<R> run(Operation<?, R> operation) {
        return run(operation, Duration.ofMinutes(5));
    }

    public <R extends OperationResult> OperationOutcome<R> run(Operation<?, R> operation, Duration timeout) {
        return run(session(operation, timeout));
    }

    /** @throws SimulatedCrash if the machine went down */
    public <R extends OperationResult> OperationOutcome<R> run(OperationSession<R> session) {
        OperationOutcome<R> outcome = kind == DriverKind.BLOCKING ? block(session) : await(session);
        assertEquals(0, transport.inFlightCount(), "exchanges that are still under way");
        assertTrue(time.idle(), "something is still to be done");
        return outcome;
    }

    private <R extends OperationResult> OperationOutcome<R> block(OperationSession<R> session) {
        try {
            R result = new BlockingDriver(dependencies(), end -> {
                        time.runUntil(() -> end.isDone() || down.get());
                        throwIfDown();
                        reportedAt = time.instant();
                        time.await(end);
                        time.runAll();
                    })
                    .run(session);
            return new OperationOutcome<>(result, null);
        } catch (ApiException | CredentialsException e) {
            time.runAll();
            return new OperationOutcome<>(null, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private <R extends OperationResult> OperationOutcome<R> await(OperationSession<R> session) {
        RecordingCallback<R> callback = new RecordingCallback<>(() -> reportedAt = time.instant());
        async(session, callback).start();
        time.runAll();
        throwIfDown();
        return callback.single();
    }

    /** When the outcome of the last operation was reported; null if none was. */
    public Instant reportedAt() {
        return reportedAt;
    }

    private void throwIfDown() {
        if (down.get()) {
            throw new SimulatedCrash();
        }
    }

    public BlockingDriver blocking(BlockingDriver.Waiter waiter) {
        return new BlockingDriver(dependencies(), waiter);
    }

    public <R extends OperationResult> AsyncDriver<R> async(
            OperationSession<R> session, AsyncDriver.CompletionCallback<R> callback) {
        return new AsyncDriver<>(session, dependencies(), callback);
    }

    public AsyncDriver.Dependencies dependencies() {
        return dependencies(transport);
    }

    public AsyncDriver.Dependencies dependencies(ApiTransport transport) {
        AtomicBoolean closed = down;
        return new AsyncDriver.Dependencies(
                transport,
                current,
                time,
                time,
                time,
                time,
                quotas,
                tokens,
                pollBatcher,
                listener(),
                checkpoints,
                closed::get);
    }

    /** The machine goes down: nothing that was to be done is done, and what was under way is never heard of again. */
    public void crash() {
        down.set(true);
        transport.dropInFlight();
        time.dropTasks();
    }

    /** The machine is up again. */
    public void restart() {
        down = new AtomicBoolean();
        startController();
        transport.dropInFlight();
        time.dropTasks();
    }

    private void say(LocalizedText text) {
        String line = text.toString();
        assertEquals(1, line.lines().count(), "one line is wanted: " + line);
        console.add(line);
        german.add(text.in(Locale.GERMAN));
    }
}
