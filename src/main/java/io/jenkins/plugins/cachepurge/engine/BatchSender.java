package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends the polls of a session together with those of others that the same list can answer.
 *
 * @param <R> type of the session's result
 */
final class BatchSender<R extends OperationResult> {

    /** What must be equal for polls that one list can answer. */
    private record BatchKey(SignerProvider signers, Object list) {}

    private final AsyncDriver<R> driver;
    private final SharedDriverState<R> context;
    private final ExchangeSender<R> sender;
    private final ExchangeSender.OutcomeReceiver receiver;

    BatchSender(
            AsyncDriver<R> driver,
            SharedDriverState<R> context,
            ExchangeSender<R> sender,
            ExchangeSender.OutcomeReceiver receiver) {
        this.driver = driver;
        this.context = context;
        this.sender = sender;
        this.receiver = receiver;
    }

    /** How a list may answer the only poll that a session waits for. */
    Optional<BatchWindow> window(Progress.Pending<R> pending) {
        if (!pending.ready().isEmpty() || pending.waiting().size() != 1) {
            return Optional.empty();
        }
        PartSession<?, ?> part = pending.waiting().get(0);
        synchronized (context.session()) {
            return context.isOver() || part.isInFlight() ? Optional.empty() : part.batchWindow();
        }
    }

    /**
     * Waits for a poll, alone or with others. Called under the session's monitor.
     *
     * @return gives it up
     */
    Cancellable await(BatchWindow window, Duration delay) {
        SignerProvider signers = context.dependencies().signers().forAccount(window.account());
        BatchKey key = new BatchKey(signers, window.list());
        PollBatcher batcher = context.dependencies().pollBatcher();
        batcher.add(key, driver, window.earliest());
        Cancellable timer =
                context.dependencies().timer().scheduleOrDrop(delay, () -> context.execute(() -> poll(key)));
        return () -> {
            timer.cancel();
            batcher.remove(key, driver);
        };
    }

    /** Its time has come: with those that may be polled now, too, or singly. */
    private void poll(BatchKey key) throws Exception {
        PollBatcher batcher = context.dependencies().pollBatcher();
        if (!batcher.remove(key, driver)) {
            return;
        }
        driver.forgetWakeUp();
        List<AsyncDriver<?>> others = batcher.take(key, BatchPoll.MIN_BATCH_SIZE - 1);
        if (others.isEmpty()) {
            context.advance();
            return;
        }
        BatchPoll batch = new BatchPoll(context.dependencies(), key.signers());
        join(batch);
        others.forEach(other -> other.joinBatch(batch));
        batch.send();
    }

    /** Adds the poll of this session, which another one sends. */
    void join(BatchPoll batch) throws Exception {
        Optional<Send<?>> send;
        synchronized (context.session()) {
            if (context.isOver()) {
                return;
            }
            driver.cancelWakeUp();
            context.session().joinBatch();
            send = ready();
            send.ifPresent(each -> each.part().markInFlight());
        }
        if (send.isEmpty()) {
            context.advance();
            return;
        }
        context.report();
        add(batch, send.get());
    }

    private Optional<Send<?>> ready() {
        return context.session().advance() instanceof Progress.Pending<R> pending
                        && pending.ready().size() == 1
                        && pending.ready().get(0).batchWindow().isPresent()
                ? context.session().begin(pending.ready().get(0), true)
                : Optional.empty();
    }

    private <T> void add(BatchPoll batch, Send<T> send) {
        batch.add(
                send.batch().orElseThrow(),
                outcome -> receiver.receive(send, outcome),
                () -> context.execute(() -> sendSingly(send)));
    }

    /** The list has not answered it. */
    private void sendSingly(Send<?> send) {
        synchronized (context.session()) {
            if (context.isOver()) {
                return;
            }
            send.part().sendSingly();
        }
        sender.sendSingly(send);
    }
}
