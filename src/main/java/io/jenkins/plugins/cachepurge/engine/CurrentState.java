package io.jenkins.plugins.cachepurge.engine;

import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.SucceededState;

/** How far an operation got, and what it wants there. Not safe for several threads at once. */
final class CurrentState<R extends OperationResult> {

    private Operation<R> operation;
    /** Null until somebody asks: putting a request together costs more than the rest of a poll. */
    private Next<R> turn;

    CurrentState(Operation<R> operation) {
        this.operation = operation;
    }

    Operation<R> operation() {
        return operation;
    }

    Next<R> turn() {
        if (turn == null) {
            turn = operation.turn();
        }
        return turn;
    }

    void goTo(Operation<R> next) {
        operation = next;
        turn = null;
    }

    /** True where it is about to send what it has to ask after if the answer is lost. */
    boolean submits() {
        return turn() instanceof Next.Ask<?, ?> ask && ask.lost() != null;
    }

    /** What is over needs no notes: a crash now repeats what is harmless, and asks about what is not. */
    boolean isOver() {
        return operation instanceof SucceededState<R> || operation instanceof FailedState<R>;
    }
}
